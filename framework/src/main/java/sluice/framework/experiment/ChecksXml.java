package sluice.framework.experiment;

import java.io.OutputStream;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Checks in the XML of JUnit, which build servers read: a test case per check, and per variant of a comparison. */
final class ChecksXml {
    static final String FILE = "checks.xml";

    private ChecksXml() {}

    /**
     * Writes all checks of one run or comparison.
     *
     * @param name of the script
     * @param out not closed
     */
    static void write(String name, List<MetricCheck.Result> results, OutputStream out) {
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            line(xml, 0);
            xml.writeStartElement("testsuites");
            line(xml, 1);
            suite(name, results, xml);
            line(xml, 0);
            xml.writeEndElement();
            line(xml, 0);
            xml.writeEndDocument();
            xml.flush();
        } catch (XMLStreamException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void suite(String name, List<MetricCheck.Result> results, XMLStreamWriter xml)
            throws XMLStreamException {
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", name);
        xml.writeAttribute("tests", Integer.toString(results.size()));
        xml.writeAttribute(
                "failures",
                Long.toString(
                        results.stream().filter(MetricCheck.Result::failed).count()));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", "0");
        for (MetricCheck.Result result : results) {
            line(xml, 2);
            testCase(name, result, xml);
        }
        line(xml, 1);
        xml.writeEndElement();
    }

    private static void testCase(String name, MetricCheck.Result result, XMLStreamWriter xml)
            throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", result.variant().isEmpty() ? name : name + "." + result.variant());
        xml.writeAttribute("name", "not " + result.check().text());
        if (result.failed()) {
            line(xml, 3);
            xml.writeEmptyElement("failure");
            xml.writeAttribute("type", result.check().metric());
            xml.writeAttribute("message", result.line());
            line(xml, 2);
        }
        xml.writeEndElement();
    }

    private static void line(XMLStreamWriter xml, int depth) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
    }
}
