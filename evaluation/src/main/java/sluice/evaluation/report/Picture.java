package sluice.evaluation.report;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.knowm.xchart.internal.chartpart.Chart;
import org.w3c.dom.Document;

/**
 * Charts one below the other as the content of a file: PNG (two pixels per unit) or SVG. Needs no display, but a font.
 *
 * @param panels charts of one width, at least one
 */
public record Picture(ImmutableList<Chart<?, ?>> panels) {
    private static final int PIXELS_PER_UNIT = 2;
    private static final String SVG = "http://www.w3.org/2000/svg";

    /** Checks that there is a chart. */
    public Picture {
        checkArgument(!panels.isEmpty(), "a picture has at least one chart");
    }

    Picture(Chart<?, ?> chart) {
        this(ImmutableList.of(chart));
    }

    private int width() {
        return panels.get(0).getWidth();
    }

    private int height() {
        return panels.stream().mapToInt(Chart::getHeight).sum();
    }

    private void paint(Graphics2D graphics) {
        int top = 0;
        for (Chart<?, ?> panel : panels) {
            Graphics2D place = (Graphics2D) graphics.create(0, top, width(), panel.getHeight());
            panel.getStyler().setLocale(Locale.ROOT);
            panel.paint(place, width(), panel.getHeight());
            place.dispose();
            top += panel.getHeight();
        }
    }

    /** {@return the content of a PNG file} */
    public byte[] png() {
        BufferedImage image =
                new BufferedImage(PIXELS_PER_UNIT * width(), PIXELS_PER_UNIT * height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.scale(PIXELS_PER_UNIT, PIXELS_PER_UNIT);
        paint(graphics);
        graphics.dispose();
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageIO.write(image, "png", bytes);
            return bytes.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** {@return the content of an SVG file, UTF-8} */
    public byte[] svg() {
        try {
            Document document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(SVG, "svg", null);
            SVGGraphics2D graphics = new SVGGraphics2D(document);
            graphics.setSVGCanvasSize(new Dimension(width(), height()));
            paint(graphics);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (Writer writer = new OutputStreamWriter(bytes, StandardCharsets.UTF_8)) {
                graphics.stream(writer, true);
            }
            return bytes.toByteArray();
        } catch (ParserConfigurationException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
