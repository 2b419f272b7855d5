package library.woodstox;

import com.ctc.wstx.stax.WstxInputFactory;
import com.ctc.wstx.stax.WstxOutputFactory;
import java.io.StringReader;
import java.io.StringWriter;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import library.LibraryPlugin;

/** Reads and writes XML as a stream. */
public final class Use extends LibraryPlugin {
    @Override
    protected String use() throws Exception {
        StringWriter text = new StringWriter();
        XMLStreamWriter writer = new WstxOutputFactory().createXMLStreamWriter(text);
        writer.writeStartDocument();
        writer.writeStartElement("cities");
        writer.writeEmptyElement("city");
        writer.writeAttribute("name", "Zürich & Bern");
        writer.writeEndDocument();
        writer.close();
        XMLStreamReader reader = new WstxInputFactory().createXMLStreamReader(new StringReader(text.toString()));
        StringBuilder found = new StringBuilder();
        while (reader.hasNext()) {
            if (reader.next() == XMLStreamReader.START_ELEMENT) {
                found.append(reader.getLocalName()).append(reader.getAttributeCount());
            }
        }
        return text + " " + found;
    }
}
