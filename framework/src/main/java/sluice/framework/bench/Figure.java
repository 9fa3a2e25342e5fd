package sluice.framework.bench;

import com.google.common.collect.ImmutableList;
import java.awt.Color;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler;
import sluice.evaluation.report.Picture;
import sluice.tasks.InputException;

/** Charts one below the other, as PNG (two pixels per unit) and SVG. Needs no display, but a font. */
public final class Figure {
    private final Picture picture;

    /** A figure of charts of one width. */
    Figure(List<XYChart> panels) {
        this.picture = new Picture(ImmutableList.copyOf(panels));
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

    /** {@return the content of a PNG file} */
    public byte[] png() {
        return picture.png();
    }

    /** {@return the content of an SVG file, UTF-8} */
    public byte[] svg() {
        return picture.svg();
    }
}
