package sluice.framework.bench;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler;
import org.w3c.dom.Document;
import sluice.tasks.InputException;

/** Charts one below the other, as PNG (two pixels per unit) and SVG. Needs no display, but a font. */
public final class Figure {
    private static final int PIXELS_PER_UNIT = 2;
    private static final String SVG = "http://www.w3.org/2000/svg";

    private final ImmutableList<XYChart> panels;
    private final int width;
    private final int height;

    /** A figure of charts of one width. */
    Figure(List<XYChart> panels) {
        checkArgument(!panels.isEmpty(), "a figure has at least one panel");
        this.panels = ImmutableList.copyOf(panels);
        this.width = panels.get(0).getWidth();
        this.height = panels.stream().mapToInt(XYChart::getHeight).sum();
    }

    /**
     * Finds out whether figures can be drawn here, before any work is done for one.
     *
     * @throws InputException if Java finds no font
     */
    public static void checkFonts() {
        try {
            new Font(Font.SANS_SERIF, Font.PLAIN, 12).getStringBounds("a", new FontRenderContext(null, true, true));
        } catch (LinkageError | InternalError | RuntimeException without) {
            throw new InputException(
                    "Java finds no font to draw figures with (%s): install one, e.g. the packages fontconfig and fonts-dejavu-core"
                            .formatted(without.getMessage()),
                    without);
        }
    }

    /** White, without the frame round everything; for every chart of this package. */
    static void style(Styler styler) {
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(true);
        styler.setLegendVisible(false);
        styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
    }

    /**
     * @return the content of a PNG file
     */
    public byte[] png() {
        BufferedImage image =
                new BufferedImage(PIXELS_PER_UNIT * width, PIXELS_PER_UNIT * height, BufferedImage.TYPE_INT_RGB);
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

    /**
     * @return the content of an SVG file, UTF-8
     */
    public byte[] svg() {
        try {
            Document document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(SVG, "svg", null);
            SVGGraphics2D graphics = new SVGGraphics2D(document);
            graphics.setSVGCanvasSize(new Dimension(width, height));
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

    private void paint(Graphics2D graphics) {
        int top = 0;
        for (XYChart panel : panels) {
            Graphics2D place = (Graphics2D) graphics.create(0, top, width, panel.getHeight());
            panel.paint(place, width, panel.getHeight());
            place.dispose();
            top += panel.getHeight();
        }
    }
}
