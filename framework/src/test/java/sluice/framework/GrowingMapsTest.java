package sluice.framework;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.framework.gates.ConsolidatedTask;
import sluice.framework.gates.TaskState;
import sluice.framework.layer.Layer;
import sluice.framework.layer.convolution.Convolution;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.network.GatedNetwork;
import sluice.framework.network.NetworkShape;
import sluice.framework.network.Retention;
import sluice.framework.predict.internal.kernel.Padding;
import sluice.gating.Subnetwork;
import sluice.gating.UnitSet;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;
import sluice.tasks.Shape;

/** What is true of dense layers that grow, are freed and are kept in files is true of maps. */
class GrowingMapsTest {
    private static final int FEATURES = 64;

    @TempDir
    private Path folder;

    private static GatedNetwork network() {
        NetworkShape shape = new NetworkShape(
                new Shape.Image(8, 8),
                ImmutableList.of(
                        new Convolution(5, 3, Padding.SAME, 2),
                        new Convolution(6, 3, Padding.VALID, 1),
                        new FullyConnected(7)));
        GatedNetwork network = GatedNetwork.create(shape, Normalisation.standard(0.5f, 0.3f), 11);
        consolidate(network, "a", List.of(new int[] {0, 3}, new int[] {1, 2, 5}, new int[] {0, 6}));
        consolidate(network, "b", List.of(new int[] {0, 1, 4}, new int[] {1}, new int[] {2, 3, 6}));
        return network;
    }

    private static void consolidate(GatedNetwork network, String name, List<int[]> open) {
        List<double[]> logits = new ArrayList<>();
        for (int l = 0; l < open.size(); l++) {
            double[] ofLayer = new double[network.hidden().get(l)];
            Arrays.fill(ofLayer, -3);
            for (int unit : open.get(l)) {
                ofLayer[unit] = 3;
            }
            logits.add(ofLayer);
        }
        Layer head = Layer.heUniform(
                2,
                network.hidden().get(open.size() - 1),
                network.parts().headConnection(),
                new SplittableRandom(name.hashCode()));
        TaskState state = new TaskState(name, ImmutableList.of(3, 8), head, logits);
        network.parts().consolidate(ConsolidatedTask.of(state), state.subnetwork());
    }

    private static Examples rows(int count) {
        SplittableRandom random = new SplittableRandom(5);
        float[][] rows = new float[count][FEATURES];
        for (float[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = random.nextFloat();
            }
        }
        return Examples.of(rows, new int[count]);
    }

    @Test
    void notOneBitChangesAsMapsAreAdded() {
        GatedNetwork network = network();
        float[] a = network.logits("a", rows(100));
        float[] b = network.logits("b", rows(100));
        String digest = network.digest("a");
        Retention retention = new Retention(network);

        network.grow(List.of(9, 6, 12));
        network.grow(List.of(9, 8, 12));

        assertThat(retention.verify()).isZero();
        assertThat(network.digest("a")).isEqualTo(digest);
        assertThat(network.fresh().logits("a", rows(100))).isEqualTo(a);
        assertThat(network.fresh().logits("b", rows(100))).isEqualTo(b);
        assertThat(network.parts().layers().get(1).inputs()).isEqualTo(9 * 9);
        assertThat(network.parts().layers().get(2).inputs()).isEqualTo(8 * 4);
    }

    @Test
    void tasksThatShareBuffersGiveTheBitsOfTasksThatDoNot() {
        GatedNetwork network = network();
        for (int turn = 0; turn < 2; turn++) {
            for (String task : List.of("b", "a")) {
                GatedNetwork alone = network();
                assertThat(network.logits(task, rows(70))).isEqualTo(alone.logits(task, rows(70)));
            }
        }
    }

    @Test
    void aRemovedTaskLeavesTheOtherAndNothingOfItself() {
        GatedNetwork network = network();
        float[] b = network.logits("b", rows(50));
        Layer before = network.parts().layers().get(1).copy();

        network.remove("a");

        assertThat(network.fresh().logits("b", rows(50))).isEqualTo(b);
        Layer after = network.parts().layers().get(1);
        for (int unit : new int[] {2, 5}) {
            for (int below : new int[] {0, 3}) {
                for (int tap = 0; tap < 9; tap++) {
                    int at = unit * after.inputs() + below * 9 + tap;
                    assertThat(after.weights()[at]).isNotEqualTo(before.weights()[at]);
                }
            }
        }
    }

    @Test
    void aGrownNetworkOfMapsIsReadBackTheSame() {
        GatedNetwork network = network();
        network.grow(List.of(9, 8, 12));
        network.save(folder.resolve("model"));

        GatedNetwork loaded = GatedNetwork.load(folder.resolve("model"));

        assertThat(loaded.hidden()).containsExactly(9, 8, 12);
        assertThat(loaded.capacity()).isEqualTo(network.capacity());
        assertThat(loaded.subnetwork("a"))
                .isEqualTo(new Subnetwork(ImmutableList.of(
                        UnitSet.positive(new double[] {1, 0, 0, 1, 0, 0, 0, 0, 0}),
                        UnitSet.positive(new double[] {0, 1, 1, 0, 0, 1, 0, 0}),
                        UnitSet.positive(new double[] {1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0}))));
        for (String task : List.of("a", "b")) {
            assertThat(loaded.logits(task, rows(30))).isEqualTo(network.logits(task, rows(30)));
        }
    }
}
