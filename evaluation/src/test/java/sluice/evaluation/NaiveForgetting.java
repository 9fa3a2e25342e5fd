package sluice.evaluation;

/** The definitions of forgetting as loops over plain arrays r[T + 1][T], where NaN stands for undefined. */
final class NaiveForgetting {
    private NaiveForgetting() {}

    static double of(ForgettingDefinition definition, double[][] r) {
        return switch (definition) {
            case BEST_EARLIER -> bestEarlier(r, false);
            case FIRST -> first(r);
            case BEST_OF_ALL -> bestOfAll(r, false);
            case MEAN_DROP -> meanDrop(r);
            case RELATIVE -> relative(r, false);
            case BEST_EARLIER_LITERAL -> bestEarlier(r, true);
            case BEST_OF_ALL_LITERAL -> bestOfAll(r, true);
            case RELATIVE_LITERAL -> relative(r, true);
        };
    }

    static double bestEarlier(double[][] r, boolean literal) {
        int tasks = r[0].length;
        double sum = 0;
        for (int j = 0; j < tasks - 1; j++) {
            double best = bestBeforeTheLast(r, j, literal);
            sum += best - r[tasks][j];
        }
        return sum / (tasks - 1); // 0/0 with one task
    }

    private static double bestBeforeTheLast(double[][] r, int j, boolean literal) {
        double best = Double.NEGATIVE_INFINITY;
        for (int l = 1; l < r[0].length; l++) {
            if (l > j || (literal && !Double.isNaN(r[l][j]))) {
                best = Math.max(best, r[l][j]);
            }
        }
        return best;
    }

    private static double relative(double[][] r, boolean literal) {
        int tasks = r[0].length;
        double sum = 0;
        for (int j = 0; j < tasks - 1; j++) {
            double best = bestBeforeTheLast(r, j, literal);
            sum += (best - r[tasks][j]) / best; // NaN or infinite where best is 0
        }
        return Double.isInfinite(sum / (tasks - 1)) ? Double.NaN : sum / (tasks - 1);
    }

    private static double first(double[][] r) {
        int tasks = r[0].length;
        double sum = 0;
        for (int j = 0; j < tasks - 1; j++) {
            sum += r[j + 1][j] - r[tasks][j];
        }
        return sum / (tasks - 1);
    }

    private static double bestOfAll(double[][] r, boolean literal) {
        int tasks = r[0].length;
        double sum = 0;
        for (int j = 0; j < tasks - 1; j++) {
            double best = 0; // what is not evaluated before it is learned counts as 0
            for (int l = 1; l <= tasks; l++) {
                if (l > j || (literal && !Double.isNaN(r[l][j]))) {
                    best = Math.max(best, r[l][j]);
                }
            }
            sum += best - r[tasks][j];
        }
        return sum / (tasks - 1);
    }

    private static double meanDrop(double[][] r) {
        int tasks = r[0].length;
        double sum = 0;
        int pairs = 0;
        for (int i = 1; i <= tasks; i++) {
            for (int j = 0; j < i - 1; j++) {
                sum += r[j + 1][j] - r[i][j];
                pairs++;
            }
        }
        return sum / pairs;
    }
}
