package sluice.framework.strategy;

import java.util.List;
import sluice.framework.plain.NearestMeans;

/**
 * Chooses members of a class one by one, each so that the mean of those chosen comes as near as it can to the mean of the
 * class: {@code argmin_x ||mu - (s + phi(x)) / k||}, s being the sum of the k - 1 chosen before (Rebuffi et al. 2017,
 * algorithm 4).
 */
final class Herding {
    private final List<float[]> members;
    private final float[] mean;
    private final float[] sum;
    private final boolean[] taken;

    private Herding(List<float[]> members) {
        this.members = members;
        this.mean = new float[members.get(0).length];
        this.sum = new float[mean.length];
        this.taken = new boolean[members.size()];
        members.forEach(member -> add(mean, member));
        NearestMeans.scale(mean);
    }

    /**
     * {@return their positions in the order chosen; of all members if there are fewer}
     *
     * @param members at least one, each of length 1
     * @param count how many to choose
     */
    static int[] choose(List<float[]> members, int count) {
        Herding herding = new Herding(members);
        int[] chosen = new int[Math.min(count, members.size())];
        for (int k = 1; k <= chosen.length; k++) {
            chosen[k - 1] = herding.next(k);
        }
        return chosen;
    }

    private int next(int k) {
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int m = 0; m < taken.length; m++) {
            double distance = taken[m] ? Double.POSITIVE_INFINITY : distance(members.get(m), k);
            if (distance < least) {
                least = distance;
                best = m;
            }
        }
        taken[best] = true;
        add(sum, members.get(best));
        return best;
    }

    private double distance(float[] member, int k) {
        double distance = 0;
        for (int i = 0; i < mean.length; i++) {
            double way = k * mean[i] - sum[i] - member[i];
            distance += way * way;
        }
        return distance;
    }

    /** Adds a vector to another. */
    static void add(float[] sum, float[] more) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += more[i];
        }
    }
}
