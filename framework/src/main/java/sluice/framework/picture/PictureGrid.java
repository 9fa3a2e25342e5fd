package sluice.framework.picture;

import com.google.common.math.IntMath;
import java.math.RoundingMode;
import java.nio.file.Path;
import sluice.framework.generator.ImageForm;
import sluice.framework.internal.file.WholeFile;
import sluice.tasks.InputException;

/**
 * All images in one PNG picture, row by row, as near to a square as can be, with a thin gap between.
 *
 * @param place the file
 */
public record PictureGrid(Path place) implements PictureOutput {
    /** Most images in one picture. */
    public static final int MOST = 10_000;

    private static final int GAP = 2;
    private static final int GAP_SHADE = 96;
    private static final long MOST_PIXELS = 1 << 27;

    /** Images side by side, and the size of the whole. */
    private record Layout(Canvas.Frame frame, int columns, int rows) {
        static Layout of(ImageForm form, int count) {
            int columns = IntMath.sqrt(count, RoundingMode.CEILING);
            int rows = IntMath.divide(count, columns, RoundingMode.CEILING);
            return new Layout(Canvas.Frame.of(form.shape()), columns, rows);
        }

        long height() {
            return (long) rows * (frame.height() + GAP) - GAP;
        }

        long width() {
            return (long) columns * (frame.width() + GAP) - GAP;
        }
    }

    @Override
    public void check(ImageForm form, int count) {
        Layout layout = Layout.of(form, count);
        if (count > MOST || layout.height() * layout.width() > MOST_PIXELS) {
            throw new InputException(
                    "%,d images of %d x %d pixels are too many for one picture (at most %,d, and %,d pixels): choose an --out that ends with .idx or /"
                            .formatted(
                                    count,
                                    layout.frame().height(),
                                    layout.frame().width(),
                                    MOST,
                                    MOST_PIXELS));
        }
    }

    @Override
    public void write(ImageForm form, int count, PictureSource source) {
        Layout layout = Layout.of(form, count);
        Canvas.Frame frame = layout.frame();
        Canvas canvas = new Canvas(frame, (int) layout.height(), (int) layout.width(), GAP_SHADE);
        source.draw(image -> {
            int row = image.index() / layout.columns();
            int column = image.index() % layout.columns();
            canvas.put(image.pixels(), row * (frame.height() + GAP), column * (frame.width() + GAP));
        });
        WholeFile.write(place, canvas::writeTo);
    }
}
