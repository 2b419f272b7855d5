package io.dataprism.charts.svg;

import com.ctc.wstx.stax.WstxInputFactory;
import java.io.StringReader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Opens SVG text for reading from start to end; nothing outside of it is ever read. */
final class SvgReader {
    private SvgReader() {}

    static XMLStreamReader open(String svg) throws SvgException {
        // Not the JDK's, which takes the permissions to read whatever files and addresses a document names.
        WstxInputFactory factory = new WstxInputFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            return factory.createXMLStreamReader(new StringReader(svg));
        } catch (XMLStreamException e) {
            throw new SvgException("the SVG is not well formed: " + e.getMessage(), e);
        }
    }

    /** An attribute as a number, or {@code otherwise}. */
    static double number(XMLStreamReader in, String name, double otherwise) throws SvgException {
        String text = in.getAttributeValue(null, name);
        return text == null ? otherwise : number(text, name);
    }

    static double number(String text, String name) throws SvgException {
        try {
            return Double.parseDouble(text.endsWith("px") ? text.substring(0, text.length() - 2) : text);
        } catch (NumberFormatException e) {
            throw new SvgException("the attribute " + name + "=\"" + text + "\" is not a number", e);
        }
    }
}
