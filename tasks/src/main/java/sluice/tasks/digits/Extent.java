package sluice.tasks.digits;

import java.util.List;

/**
 * Where a drawing lies.
 *
 * @param left its least x
 * @param right its greatest x
 * @param top its least y
 * @param bottom its greatest y
 * @param centreX its centre of mass, each path weighing its length
 * @param centreY likewise
 */
record Extent(double left, double right, double top, double bottom, double centreX, double centreY) {
    static Extent of(List<List<Point>> paths) {
        double left = Double.POSITIVE_INFINITY;
        double right = Double.NEGATIVE_INFINITY;
        double top = Double.POSITIVE_INFINITY;
        double bottom = Double.NEGATIVE_INFINITY;
        double mass = 0;
        double momentX = 0;
        double momentY = 0;
        for (List<Point> path : paths) {
            Point from = path.get(0);
            for (Point to : path) {
                left = Math.min(left, to.x());
                right = Math.max(right, to.x());
                top = Math.min(top, to.y());
                bottom = Math.max(bottom, to.y());
                double length = from.distance(to);
                mass += length;
                momentX += length * (from.x() + to.x()) / 2;
                momentY += length * (from.y() + to.y()) / 2;
                from = to;
            }
        }
        return new Extent(left, right, top, bottom, momentX / mass, momentY / mass);
    }

    /** The longer side of the box around it. */
    double longerSide() {
        return Math.max(right - left, bottom - top);
    }
}
