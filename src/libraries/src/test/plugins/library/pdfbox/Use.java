package library.pdfbox;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import library.LibraryPlugin;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.text.PDFTextStripper;

/** Writes a page with a font that it carries, and reads the text back out of it. */
public final class Use extends LibraryPlugin {
    @Override
    protected String use() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PDDocument document = new PDDocument();
                InputStream font =
                        Use.class.getResourceAsStream("/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf")) {
            PDPage page = new PDPage();
            document.addPage(page);
            try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                content.beginText();
                content.setFont(PDType0Font.load(document, font), 12);
                content.newLineAtOffset(72, 700);
                content.showText("Bern has a river");
                content.endText();
            }
            document.save(bytes);
        }
        try (PDDocument document = Loader.loadPDF(bytes.toByteArray())) {
            return document.getNumberOfPages() + " "
                    + new PDFTextStripper().getText(document).strip();
        }
    }
}
