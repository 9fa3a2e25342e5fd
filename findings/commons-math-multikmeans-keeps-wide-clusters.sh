#!/usr/bin/env bash
# Apache Commons Math 3.6.1 (Java 17)
#
# Expected: MultiKMeansPlusPlusClusterer, which "performs multiple trials and returns the best solution", returns that of its trials
# whose sum of squared distances to the centres is least, as that is what k-means makes small.
# Behaviour: it keeps the trial whose distances to the centre vary least (SumOfClusterVariances), however large they are. Of points
# that two of three coordinates put in two places, and the third spreads out, it returns clusters by the third alone.
#
# Output seen:
#   ten single trials: sums of squares from 243 to 403
#   the wrapper's choice of ten: 403
set -euo pipefail
self=$(realpath "$0")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy -DoutputDirectory="$folder" \
    -Dartifact=org.apache.commons:commons-math3:3.6.1 >/dev/null

cat > Trials.java <<'JAVA'
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.ml.clustering.CentroidCluster;
import org.apache.commons.math3.ml.clustering.DoublePoint;
import org.apache.commons.math3.ml.clustering.KMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.clustering.MultiKMeansPlusPlusClusterer;
import org.apache.commons.math3.ml.distance.EuclideanDistance;
import org.apache.commons.math3.random.Well19937c;

class Trials {
    private static double squares(List<CentroidCluster<DoublePoint>> clusters) {
        double sum = 0;
        for (CentroidCluster<DoublePoint> cluster : clusters) {
            for (DoublePoint point : cluster.getPoints()) {
                double distance = new EuclideanDistance().compute(point.getPoint(), cluster.getCenter().getPoint());
                sum += distance * distance;
            }
        }
        return sum;
    }

    private static KMeansPlusPlusClusterer<DoublePoint> search() {
        return new KMeansPlusPlusClusterer<>(2, 100, new EuclideanDistance(), new Well19937c(1));
    }

    public static void main(String[] arguments) {
        Random random = new Random(1);
        List<DoublePoint> points = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            double place = i % 2 == 0 ? -1 : 1;
            double third = (random.nextBoolean() ? 1 : -1) * (0.8 + 0.6 * random.nextDouble());
            points.add(new DoublePoint(new double[] {place, place, third}));
        }
        DoubleSummaryStatistics single = new DoubleSummaryStatistics();
        KMeansPlusPlusClusterer<DoublePoint> search = search();
        for (int trial = 0; trial < 10; trial++) {
            single.accept(squares(search.cluster(points)));
        }
        System.out.printf("ten single trials: sums of squares from %.0f to %.0f%n", single.getMin(), single.getMax());
        System.out.printf("the wrapper's choice of ten: %.0f%n",
                squares(new MultiKMeansPlusPlusClusterer<>(search(), 10).cluster(points)));
    }
}
JAVA
javac -cp commons-math3-3.6.1.jar Trials.java
java -cp "commons-math3-3.6.1.jar:." Trials | tee seen
diff <(sed -n 's/^#   //p' "$self") seen
