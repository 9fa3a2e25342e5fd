package sluice.tasks.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class CanvasTest {
    private static final Pen PEN = new Pen(1.5, 0, 1, 1, 0);

    @Test
    void aLineHasTheInkOfItsArea() {
        double ink = ink(List.of(new Point(5.3, 8.1), new Point(23.7, 19.4)));

        double length = new Point(5.3, 8.1).distance(new Point(23.7, 19.4));
        double area = 2 * 1.5 * length + Math.PI * 1.5 * 1.5;
        assertThat(ink).isCloseTo(area, within(0.02 * area));
    }

    @Test
    void aLineDrawnTwiceIsNoBrighter() {
        List<Point> there = List.of(new Point(5, 8), new Point(23, 19));
        List<Point> andBack = List.of(new Point(5, 8), new Point(23, 19), new Point(5, 8));

        assertThat(ink(andBack)).isCloseTo(ink(there), within(1e-6));
    }

    @Test
    void whatLiesOutsideIsLost() {
        assertThat(ink(List.of(new Point(-20, -5), new Point(-3, 40)))).isZero();
    }

    @Test
    void aTaperedLineIsThickerAtItsEnd() {
        Pen tapered = new Pen(1.5, 0.4, 1, 1, 0);

        float[] picture = picture(List.of(new Point(4, 14), new Point(24, 14)), tapered);

        assertThat(column(picture, 23)).isGreaterThan(1.5 * column(picture, 4));
    }

    private static double ink(List<Point> path) {
        double sum = 0;
        for (float pixel : picture(path, PEN)) {
            sum += pixel / 255;
        }
        return sum;
    }

    private static float[] picture(List<Point> path, Pen pen) {
        Canvas canvas = new Canvas(28);
        canvas.ink(path, pen);
        return canvas.develop(pen, new RandomStream(1));
    }

    private static double column(float[] picture, int column) {
        double sum = 0;
        for (int row = 0; row < 28; row++) {
            sum += picture[row * 28 + column];
        }
        return sum;
    }
}
