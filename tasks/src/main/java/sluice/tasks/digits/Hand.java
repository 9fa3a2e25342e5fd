package sluice.tasks.digits;

import java.util.ArrayList;
import java.util.List;

/**
 * How one writer, with one pen, wrote one digit. Lengths are in pixels unless said otherwise.
 *
 * @param rotation clockwise, in radians
 * @param slant how far the top leans to the right, per unit of height
 * @param aspect width over height, relative to the glyph's
 * @param size the longer side of the box around the ink
 * @param shiftX of the centre of mass from the image's centre, to the right
 * @param shiftY likewise, downwards
 * @param jitter deviation of a knot from its place, in hundredths of the glyph's box
 * @param bend deviation of the smooth warp, in hundredths of the glyph's box
 * @param pen the ink line, its width and its edge
 */
record Hand(
        double rotation,
        double slant,
        double aspect,
        double size,
        double shiftX,
        double shiftY,
        double jitter,
        double bend,
        Pen pen) {

    /** Pixels between the ink and the image's rim. */
    private static final double MARGIN = 1.5;

    /** A hand as one meets them. */
    static Hand random(RandomStream random) {
        return new Hand(
                0.10 * random.bell(),
                0.10 + 0.28 * random.bell(),
                StrictMath.exp(0.22 * random.bell()),
                20 + 1.2 * random.bell(),
                0.8 * random.bell(),
                0.8 * random.bell(),
                random.uniform(1, 3.2),
                random.uniform(2, 6),
                Pen.random(random));
    }

    /**
     * Writes a glyph in the middle of an image.
     *
     * @param side pixels per side of the image
     * @return the pen's paths, one per stroke, in pixels
     */
    List<List<Point>> write(Glyph glyph, int side, RandomStream random) {
        Warp warp = Warp.random(bend, random);
        List<List<Point>> paths = new ArrayList<>(glyph.strokes().size());
        for (Stroke stroke : glyph.strokes()) {
            List<Point> path = stroke.jittered(jitter, random).path();
            path.replaceAll(point -> turned(warp.apply(point)));
            paths.add(path);
        }
        Extent extent = Extent.of(paths);
        double scale = (size - 2 * pen.radius()) / extent.longerSide();
        double margin = MARGIN + pen.radius();
        double x = kept(shiftX - scale * extent.centreX(), scale * extent.left(), scale * extent.right(), side, margin);
        double y = kept(shiftY - scale * extent.centreY(), scale * extent.top(), scale * extent.bottom(), side, margin);
        for (List<Point> path : paths) {
            path.replaceAll(point -> new Point(x + scale * point.x(), y + scale * point.y()));
        }
        return paths;
    }

    /** Where to move what lies from {@code low} to {@code high}: as asked from the middle, if it keeps the margins. */
    private static double kept(double fromMiddle, double low, double high, int side, double margin) {
        return Math.max(margin - low, Math.min(side - margin - high, side / 2.0 + fromMiddle));
    }

    /** Aspect, then slant, then rotation, about the middle of the box. */
    private Point turned(Point point) {
        double y = point.y() - 50;
        double x = (point.x() - 50) * aspect - slant * y;
        double cos = StrictMath.cos(rotation);
        double sin = StrictMath.sin(rotation);
        return new Point(cos * x - sin * y, sin * x + cos * y);
    }
}
