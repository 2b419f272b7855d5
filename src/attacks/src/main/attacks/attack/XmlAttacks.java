package attack;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import javax.xml.XMLConstants;
import javax.xml.catalog.CatalogFeatures;
import javax.xml.catalog.CatalogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.sax.SAXTransformerFactory;
import javax.xml.transform.stream.StreamResult;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.DOMErrorHandler;
import org.w3c.dom.ls.DOMImplementationLS;
import org.xml.sax.InputSource;
import org.xml.sax.helpers.DefaultHandler;

/** XML: documents that name files and addresses. */
final class XmlAttacks {
    private XmlAttacks() {}

    /** Gathers the text of a document. */
    private static final class Text extends DefaultHandler {
        private final StringBuilder text = new StringBuilder();

        @Override
        public void characters(char[] characters, int start, int length) {
            text.append(characters, start, length);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }

    private static String document(Lab lab) {
        return "<!DOCTYPE x [<!ENTITY leak SYSTEM \"file:" + lab.text("secret") + "\">]><x>&leak;</x>";
    }

    private static InputStream bytes(String document) {
        return new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8));
    }

    private static InputSource source(Lab lab) {
        return new InputSource(new StringReader(document(lab)));
    }

    private static String styleSheet(String body) {
        return "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'>"
                + "<xsl:template match='/'><out>" + body + "</out></xsl:template></xsl:stylesheet>";
    }

    @Attack(
            says = "Reads a file by an entity of a document for DocumentBuilder.",
            target = "file-access:read",
            by = Proof.LEAK)
    public static final class Dom extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(bytes(document(lab)))
                    .getDocumentElement()
                    .getTextContent();
        }
    }

    @Attack(
            says = "Reads a file by an entity of a document for SAXParser.",
            target = "file-access:read",
            by = Proof.LEAK)
    public static final class Sax extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Text text = new Text();
            SAXParserFactory.newInstance().newSAXParser().parse(bytes(document(lab)), text);
            return text.toString();
        }
    }

    @Attack(
            says = "Reads a file by an entity of a document for XMLReader.",
            target = "file-access:read",
            by = Proof.LEAK)
    public static final class Reader extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            Text text = new Text();
            var reader = SAXParserFactory.newInstance().newSAXParser().getXMLReader();
            reader.setContentHandler(text);
            reader.parse(source(lab));
            return text.toString();
        }
    }

    @Attack(
            says = "Reads a file by an entity of a document for XMLStreamReader.",
            target = "file-access:read",
            by = Proof.LEAK)
    public static final class Stax extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            var reader = XMLInputFactory.newInstance().createXMLStreamReader(bytes(document(lab)));
            StringBuilder text = new StringBuilder();
            while (reader.hasNext()) {
                if (reader.next() == javax.xml.stream.XMLStreamConstants.CHARACTERS) {
                    text.append(reader.getText());
                }
            }
            return text.toString();
        }
    }

    @Attack(
            says = "Reads a file by an entity of a document for XMLEventReader.",
            target = "file-access:read",
            by = Proof.LEAK)
    public static final class StaxEvents extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            var reader = XMLInputFactory.newInstance().createXMLEventReader(bytes(document(lab)));
            StringBuilder text = new StringBuilder();
            while (reader.hasNext()) {
                text.append(reader.nextEvent());
            }
            return text.toString();
        }
    }

    @Attack(
            says = "Reads a file by an entity of a document that is copied.",
            target = "file-access:read",
            by = Proof.LEAK)
    public static final class Identity extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            StringWriter out = new StringWriter();
            TransformerFactory.newInstance()
                    .newTransformer()
                    .transform(new StreamSource(new StringReader(document(lab))), new StreamResult(out));
            return out.toString();
        }
    }

    @Attack(
            says = "Reads a file by the function document() of a style sheet.",
            target = "file-access:read",
            by = Proof.LEAK)
    public static final class StyleSheet extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            StringWriter out = new StringWriter();
            TransformerFactory.newInstance()
                    .newTransformer(new StreamSource(new StringReader(
                            styleSheet("<xsl:copy-of select=\"document('file:" + lab.text("xml") + "')\"/>"))))
                    .transform(new StreamSource(new StringReader("<x/>")), new StreamResult(out));
            return out.toString();
        }
    }

    @Attack(
            says = "Reads a file by a style sheet that is fed with events.",
            target = "file-access:read",
            by = Proof.LEAK)
    public static final class StyleSheetHandler extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            StringWriter out = new StringWriter();
            var handler = ((SAXTransformerFactory) TransformerFactory.newInstance())
                    .newTransformerHandler(new StreamSource(new StringReader(
                            styleSheet("<xsl:copy-of select=\"document('file:" + lab.text("xml") + "')\"/>"))));
            handler.setResult(new StreamResult(out));
            handler.startDocument();
            handler.startElement("", "x", "x", new org.xml.sax.helpers.AttributesImpl());
            handler.endElement("", "x", "x");
            handler.endDocument();
            return out.toString();
        }
    }

    @Attack(
            says = "Starts a program by a style sheet that calls Java.",
            target = "process-start",
            with = {"file-access", "network-access"},
            by = Proof.FILE,
            closed = 24)
    public static final class StyleSheetProgram extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            String sheet = "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'"
                    + " xmlns:run='http://xml.apache.org/xalan/java/java.lang.Runtime'><xsl:template match='/'>"
                    + "<xsl:value-of select=\"run:exec(run:getRuntime(), 'touch " + lab.fresh("made") + "')\"/>"
                    + "</xsl:template></xsl:stylesheet>";
            TransformerFactory.newInstance()
                    .newTransformer(new StreamSource(new StringReader(sheet)))
                    .transform(new StreamSource(new StringReader("<x/>")), new StreamResult(new StringWriter()));
            return null;
        }
    }

    @Attack(says = "Writes a file as the result of a transformation.", target = "file-access:write", by = Proof.FILE)
    public static final class WriteResult extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            TransformerFactory.newInstance()
                    .newTransformer()
                    .transform(new StreamSource(new StringReader("<x/>")), new StreamResult(lab.fresh("made")));
            return null;
        }
    }

    @Attack(
            says = "Writes a file as the result of a transformation, named after the result was made.",
            target = "file-access:write",
            by = Proof.FILE)
    public static final class WriteResultLater extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            StreamResult result = new StreamResult();
            result.setSystemId("file:" + lab.fresh("made"));
            TransformerFactory.newInstance()
                    .newTransformer()
                    .transform(new StreamSource(new StringReader("<x/>")), result);
            return null;
        }
    }

    @Attack(says = "Writes a file as the result of a handler of events.", target = "file-access:write", by = Proof.FILE)
    public static final class HandlerResult extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            var handler = ((SAXTransformerFactory) TransformerFactory.newInstance()).newTransformerHandler();
            StreamResult result = new StreamResult();
            result.setSystemId("file:" + lab.fresh("made"));
            handler.setResult(result);
            handler.startDocument();
            handler.startElement("", "x", "x", new org.xml.sax.helpers.AttributesImpl());
            handler.endElement("", "x", "x");
            handler.endDocument();
            return null;
        }
    }

    @Attack(says = "Reads a file with the parser of DOM Load and Save.", target = "file-access:read", by = Proof.LEAK)
    public static final class LoadAndSave extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            DOMImplementationLS ls = (DOMImplementationLS)
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().getDOMImplementation();
            return ls.createLSParser(DOMImplementationLS.MODE_SYNCHRONOUS, null)
                    .parseURI("file:" + lab.text("xml"))
                    .getDocumentElement()
                    .getTextContent();
        }
    }

    @Attack(
            says = "Reads a file by an entity of a document for DOM Load and Save.",
            target = "file-access:read",
            by = Proof.LEAK)
    public static final class LoadAndSaveEntity extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            DOMImplementationLS ls = (DOMImplementationLS)
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().getDOMImplementation();
            var input = ls.createLSInput();
            input.setStringData(document(lab));
            return ls.createLSParser(DOMImplementationLS.MODE_SYNCHRONOUS, null)
                    .parse(input)
                    .getDocumentElement()
                    .getTextContent();
        }
    }

    @Attack(
            says = "Writes a file with the serializer of DOM Load and Save.",
            target = "file-access:write",
            by = Proof.FILE)
    public static final class SaveToUri extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
            var document = builder.newDocument();
            document.appendChild(document.createElementNS(null, "x"));
            ((DOMImplementationLS) builder.getDOMImplementation())
                    .createLSSerializer()
                    .writeToURI(document, "file:" + lab.fresh("made"));
            return null;
        }
    }

    @Attack(says = "Reads a file as a catalog of XML.", target = "file-access:read", by = Proof.LEAK)
    public static final class Catalog extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return CatalogManager.catalog(CatalogFeatures.defaults(), URI.create("file:" + lab.text("catalog")))
                    .matchURI("word");
        }
    }

    @Attack(says = "Connects by the import of a schema.", target = "network-access", by = Proof.NETWORK)
    public static final class Schema extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            String schema =
                    "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:import namespace='a' schemaLocation='"
                            + lab.text("web") + "'/></xs:schema>";
            return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                    .newSchema(new StreamSource(new StringReader(schema)))
                    .toString();
        }
    }

    @Attack(says = "Connects by the definition of a document's type.", target = "network-access", by = Proof.NETWORK)
    public static final class Doctype extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(bytes("<!DOCTYPE x SYSTEM '" + lab.text("web") + "'><x/>"))
                    .toString();
        }
    }

    @Attack(
            says = "Reads a file by an entity of a document for an XPath.",
            target = "file-access:read",
            by = Proof.LEAK)
    public static final class XPath extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return XPathFactory.newInstance().newXPath().evaluate("/x", source(lab));
        }
    }

    @Attack(
            says = "Reads a file by an entity of a document for a compiled XPath.",
            target = "file-access:read",
            by = Proof.LEAK)
    public static final class CompiledXPath extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return XPathFactory.newInstance().newXPath().compile("/x").evaluate(source(lab));
        }
    }

    @Attack(
            says = "Reads a file by an entity of a document for XPath.evaluateExpression.",
            target = "file-access:read",
            by = Proof.LEAK)
    public static final class XPathExpression extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            return XPathFactory.newInstance().newXPath().evaluateExpression("/x", source(lab), String.class);
        }
    }

    @Attack(says = "Reads a file by an inclusion in a document.", target = "file-access:read", by = Proof.LEAK)
    public static final class Include extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setXIncludeAware(true);
            String document = "<x xmlns:i='http://www.w3.org/2001/XInclude'><i:include parse='text' href='file:"
                    + lab.text("secret") + "'/></x>";
            return factory.newDocumentBuilder()
                    .parse(bytes(document))
                    .getDocumentElement()
                    .getTextContent();
        }
    }

    @Attack(
            says = "Reads a file by an entity of a document for the parser of SAX 1.",
            target = "file-access:read",
            by = Proof.LEAK)
    public static final class OldParser extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            StringBuilder text = new StringBuilder();
            @SuppressWarnings("deprecation")
            var parser = SAXParserFactory.newInstance().newSAXParser().getParser();
            parser.setDocumentHandler(new org.xml.sax.HandlerBase() {
                @Override
                public void characters(char[] characters, int start, int length) {
                    text.append(characters, start, length);
                }
            });
            parser.parse(source(lab));
            return text.toString();
        }
    }

    @Attack(
            says = "Connects by the definition of a document's type, while a style sheet is looked for.",
            target = "network-access",
            by = Proof.NETWORK)
    public static final class AssociatedStyleSheet extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            try {
                return TransformerFactory.newInstance()
                        .getAssociatedStylesheet(
                                new StreamSource(new StringReader("<!DOCTYPE x SYSTEM '" + lab.text("web") + "'><x/>")),
                                null,
                                null,
                                null)
                        .toString();
            } catch (javax.xml.transform.TransformerConfigurationException e) {
                return "it has none, but it was read";
            }
        }
    }

    @Attack(
            says = "Reads a file by an entity of a document for a filter of a style sheet.",
            target = "file-access:read",
            by = Proof.LEAK)
    public static final class FilterReader extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            var filter = ((SAXTransformerFactory) TransformerFactory.newInstance())
                    .newXMLFilter(new StreamSource(new StringReader(styleSheet("<xsl:value-of select='.'/>"))));
            Text text = new Text();
            filter.setContentHandler(text);
            filter.parse(source(lab));
            return text.toString();
        }
    }

    /** Says where to write only when the JDK asks. */
    private static final class OwnResult extends StreamResult {
        private final String file;

        OwnResult(String file) {
            this.file = file;
        }

        @Override
        public String getSystemId() {
            return file;
        }
    }

    @Attack(
            says = "Writes a file with an XMLStreamWriter, for a result that is not the JDK's.",
            target = "file-access:write",
            by = Proof.FILE)
    public static final class StreamWriter extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            var writer = XMLOutputFactory.newInstance().createXMLStreamWriter(new OwnResult(lab.fresh("made")));
            writer.writeStartDocument();
            writer.flush();
            return null;
        }
    }

    @Attack(
            says = "Fetches the schema of a document that was made without a parser.",
            target = "network-access",
            by = Proof.NETWORK)
    public static final class Normalize extends Attempt {
        @Override
        protected Object run(Lab lab) throws Throwable {
            var document =
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().newDocument();
            document.appendChild(document.createElementNS(null, "x"));
            var configuration = document.getDomConfig();
            configuration.setParameter("schema-type", XMLConstants.W3C_XML_SCHEMA_NS_URI);
            configuration.setParameter("schema-location", lab.text("web"));
            configuration.setParameter("validate", true);
            configuration.setParameter("error-handler", (DOMErrorHandler) problem -> true);
            document.normalizeDocument();
            return null;
        }
    }
}
