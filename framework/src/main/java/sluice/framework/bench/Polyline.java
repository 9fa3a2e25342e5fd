package sluice.framework.bench;

import java.util.Arrays;

/**
 * A curve by its corners.
 *
 * @param x abscissae, ascending
 * @param y ordinates
 */
record Polyline(double[] x, double[] y) {
    /**
     * A curve without the points that straight lines between the others pass within a tolerance, so that a drawing of
     * it stays small.
     *
     * @param tolerance largest vertical distance of a point from the curve
     */
    static Polyline through(double[] x, double[] y, double tolerance) {
        double[] keptX = new double[x.length];
        double[] keptY = new double[x.length];
        int kept = 0;
        for (int corner = 0; corner < x.length - 1; corner = next(x, y, corner, tolerance)) {
            keptX[kept] = x[corner];
            keptY[kept] = y[corner];
            kept++;
        }
        keptX[kept] = x[x.length - 1];
        keptY[kept] = y[y.length - 1];
        kept++;
        return new Polyline(Arrays.copyOf(keptX, kept), Arrays.copyOf(keptY, kept));
    }

    /** The farthest point that a line from this corner reaches without missing one between. */
    private static int next(double[] x, double[] y, int corner, double tolerance) {
        double steepest = Double.POSITIVE_INFINITY;
        double shallowest = Double.NEGATIVE_INFINITY;
        for (int i = corner + 1; i < x.length; i++) {
            double run = x[i] - x[corner];
            double rise = y[i] - y[corner];
            if (rise / run > steepest || rise / run < shallowest) {
                return i - 1;
            }
            steepest = Math.min(steepest, (rise + tolerance) / run);
            shallowest = Math.max(shallowest, (rise - tolerance) / run);
        }
        return x.length - 1;
    }
}
