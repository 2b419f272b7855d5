package library.jdom;

import java.io.StringReader;
import library.LibraryPlugin;
import org.jdom2.Document;
import org.jdom2.Element;
import org.jdom2.input.SAXBuilder;
import org.jdom2.output.Format;
import org.jdom2.output.XMLOutputter;

/** Reads a document into a tree, changes it, writes it. */
public final class Use extends LibraryPlugin {
    @Override
    protected String use() throws Exception {
        Document document = new SAXBuilder().build(new StringReader("<cities><city name='Bern'/></cities>"));
        document.getRootElement().addContent(new Element("city").setAttribute("name", "Basel"));
        return new XMLOutputter(Format.getCompactFormat()).outputString(document.getRootElement());
    }
}
