package sluice.framework.internal.timing;

import com.google.common.collect.ImmutableList;

/**
 * How something grows with something else.
 *
 * @param cost what is measured
 * @param unit of it
 * @param against what it is measured against
 * @param points ascending in what it is measured against
 */
public record CostCurve(String cost, String unit, String against, ImmutableList<Point> points) {
    /**
     * One measurement.
     *
     * @param x of what it is measured against, above 0
     * @param y of the cost, above 0
     */
    public record Point(double x, double y) {}

    /**
     * {@return to which power the cost grows between a point and the one before: 0 where it is flat, 1 where it is in proportion}
     *
     * @param point from 1
     */
    public double exponent(int point) {
        Point to = points.get(point);
        Point from = points.get(point - 1);
        return Math.log(to.y() / from.y()) / Math.log(to.x() / from.x());
    }
}
