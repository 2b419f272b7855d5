package library.commonscsv;

import java.io.StringReader;
import java.io.StringWriter;
import library.LibraryPlugin;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;

/** Reads a table with quotes, and writes it with other ones. */
public final class Use extends LibraryPlugin {
    @Override
    protected String use() throws Exception {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        StringWriter text = new StringWriter();
        try (CSVParser parser =
                        format.parse(new StringReader("name,people\r\n\"Bern, CH\",134000\r\nBasel,175000\r\n"));
                CSVPrinter printer = new CSVPrinter(text, CSVFormat.TDF)) {
            parser.forEach(line -> text.append(line.get("people")).append('='));
            printer.printRecord("Bern, CH", "a\tb");
        }
        return text.toString().strip();
    }
}
