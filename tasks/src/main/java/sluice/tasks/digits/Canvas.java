package sluice.tasks.digits;

import java.util.List;

/** A square of pixels that a pen inks. Mutable while it is drawn on; belongs to one drawing. */
final class Canvas {
    private final int side;
    private final double[] coverage;

    /**
     * An empty canvas.
     *
     * @param side pixels per side
     */
    Canvas(int side) {
        this.side = side;
        this.coverage = new double[side * side];
    }

    /**
     * Inks one path. Where lines cross, the ink does not get thicker.
     *
     * @param path at least one point, in pixels; what lies outside is lost
     */
    void ink(List<Point> path, Pen pen) {
        double steps = Math.max(1, path.size() - 1);
        for (int i = 0; i + 1 < path.size(); i++) {
            inkSegment(
                    path.get(i), path.get(i + 1), pen.radiusAt(i / steps), pen.radiusAt((i + 1) / steps), pen.edge());
        }
    }

    /** Coverage falls linearly, over the pen's edge, with the distance of a pixel's centre from the segment. */
    private void inkSegment(Point from, Point to, double fromRadius, double toRadius, double edge) {
        double reach = Math.max(fromRadius, toRadius) + edge / 2;
        int left = clamp(Math.floor(Math.min(from.x(), to.x()) - reach));
        int right = clamp(Math.ceil(Math.max(from.x(), to.x()) + reach));
        int top = clamp(Math.floor(Math.min(from.y(), to.y()) - reach));
        int bottom = clamp(Math.ceil(Math.max(from.y(), to.y()) + reach));
        double dx = to.x() - from.x();
        double dy = to.y() - from.y();
        double inverse = 1 / (dx * dx + dy * dy + 1e-12);
        for (int row = top; row < bottom; row++) {
            double py = row + 0.5 - from.y();
            for (int column = left; column < right; column++) {
                double px = column + 0.5 - from.x();
                double t = Math.max(0, Math.min(1, (px * dx + py * dy) * inverse));
                double ex = px - t * dx;
                double ey = py - t * dy;
                double distance = Math.sqrt(ex * ex + ey * ey);
                double covered = (fromRadius + t * (toRadius - fromRadius) - distance) / edge + 0.5;
                int pixel = row * side + column;
                coverage[pixel] = Math.max(coverage[pixel], Math.min(1, covered));
            }
        }
    }

    private int clamp(double edge) {
        return (int) Math.max(0, Math.min(side, edge));
    }

    /**
     * The picture.
     *
     * @param random for the grain of the ink
     * @return [side * side] row-major, integers from 0 (no ink) to 255
     */
    float[] develop(Pen pen, RandomStream random) {
        float[] pixels = new float[coverage.length];
        for (int i = 0; i < pixels.length; i++) {
            if (coverage[i] > 0) {
                double brightness = coverage[i] * pen.ink() * (1 + pen.grain() * random.bell());
                pixels[i] = (int) (255 * Math.min(1, brightness) + 0.5);
            }
        }
        return pixels;
    }
}
