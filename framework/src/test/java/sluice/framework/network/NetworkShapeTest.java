package sluice.framework.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sluice.framework.ContinualTrainer;
import sluice.framework.SmallTasks;
import sluice.framework.account.LayerAccount;
import sluice.framework.account.MultiplyAdds;
import sluice.framework.gates.ConsolidatedTask;
import sluice.framework.gates.TaskState;
import sluice.framework.internal.kernel.Lanes;
import sluice.framework.internal.timing.RandomTask;
import sluice.framework.internal.timing.UnitShares;
import sluice.framework.layer.Layer;
import sluice.framework.layer.LayerShape;
import sluice.framework.layer.convolution.Convolution;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.optimizer.Optimizer;
import sluice.framework.predict.internal.kernel.Padding;
import sluice.gating.UnitSet;
import sluice.tasks.Examples;
import sluice.tasks.Normalisation;
import sluice.tasks.Shape;
import sluice.tasks.TaskSequence;

class NetworkShapeTest {
    private static final Shape IMAGE = new Shape.Image(28, 28);

    @Test
    void costsAreThoseOfAHandCount() {
        NetworkShape shape = new NetworkShape(
                IMAGE, ImmutableList.of(new Convolution(32, 5, 2), new Convolution(64, 5, 2), new FullyConnected(256)));

        assertThat(shape.costs(10))
                .containsExactly(
                        new NetworkShape.Cost(32, 25, 24 * 24, 12 * 12),
                        new NetworkShape.Cost(64, 32 * 25, 8 * 8, 4 * 4),
                        new NetworkShape.Cost(256, 64 * 16, 1, 1),
                        new NetworkShape.Cost(10, 256, 1, 1));
    }

    @Test
    void positionsThatFillNoSquareAreNotComputed() {
        NetworkShape shape = new NetworkShape(new Shape.Image(7, 9), ImmutableList.of(new Convolution(4, 3, 2)));

        assertThat(shape.costs(2))
                .containsExactly(new NetworkShape.Cost(4, 9, 4 * 6, 2 * 3), new NetworkShape.Cost(2, 24, 1, 1));
    }

    @Test
    void channelsAreUnitsBelow() {
        NetworkShape shape =
                new NetworkShape(new Shape.Channels(3, 8, 8), ImmutableList.of(new Convolution(4, 3, Padding.SAME, 2)));

        assertThat(shape.costs(2).get(0)).isEqualTo(new NetworkShape.Cost(4, 27, 64, 16));
        assertThat(GatedNetwork.create(shape, Normalisation.NONE, 1).inputs()).isEqualTo(192);
    }

    @Test
    void whatDoesNotFitIsSaidWithItsLayer() {
        assertMisfit(
                new Shape.Vector(784),
                "hidden layer 1: a convolution needs images, and these are vectors of 784 features: choose data of images, or dense layers",
                new Convolution(4, 5, 2));
        assertMisfit(
                IMAGE,
                "hidden layer 2: a kernel of 13 x 13 does not fit on maps of 12 x 12: make it smaller, or pad them with padding: same",
                new Convolution(4, 5, 2),
                new Convolution(4, 13, 1));
        assertMisfit(
                new Shape.Image(28, 6),
                "hidden layer 1: squares of 3 x 3 leave nothing of maps of 24 x 2: make pool smaller",
                new Convolution(4, 5, 3));
        assertMisfit(
                IMAGE,
                "hidden layer 2: a convolution cannot lie on a dense layer, whose units are no image: put convolutions lowest",
                new FullyConnected(4),
                new Convolution(4, 5, 3));
    }

    private static void assertMisfit(Shape input, String message, LayerShape... layers) {
        assertThatThrownBy(() -> new NetworkShape(input, ImmutableList.copyOf(layers)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void imagesOfOtherChannelsAreRefused() {
        GatedNetwork network = GatedNetwork.create(
                new NetworkShape(new Shape.Channels(2, 1, 3), ImmutableList.of(new Convolution(4, 1, 1))),
                Normalisation.NONE,
                1);

        assertThatThrownBy(() -> new ContinualTrainer()
                        .train(network, SmallTasks.sequence(1, 1).withShape(new Shape.Image(2, 3))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the network takes images of 1 x 3 pixels in 2 channels, the tasks have 2 x 3 pixels in 1 channels");
    }

    /** Work follows what is open: a quarter of the maps below and of those above is a sixteenth. */
    @Test
    void closedMapsAreNotComputed() {
        NetworkShape shape =
                new NetworkShape(IMAGE, ImmutableList.of(new Convolution(16, 5, 2), new Convolution(32, 5, 2)));
        try (Lanes lanes = Lanes.start(1);
                RandomTask task = new RandomTask(shape, new UnitShares(0.25, 0), Optimizer.DEFAULT, lanes)) {
            task.step();
            LayerAccount account = task.account();

            long first = 64L * 4 * 25 * 24 * 24;
            long second = 64L * 8 * 4 * 25 * 8 * 8;
            long head = 64L * 2 * 8 * 16;
            assertThat(account.done())
                    .isEqualTo(new MultiplyAdds(first + second + head, second + head, first + second + head));
        }
    }

    @Test
    void lanesPredictTheSameBits() {
        NetworkShape shape =
                new NetworkShape(new Shape.Image(2, 3), ImmutableList.of(new Convolution(9, 2, Padding.SAME, 1)));
        GatedNetwork network = GatedNetwork.create(shape, Normalisation.NONE, 1);
        TaskSequence tasks = SmallTasks.sequence(1, 1).withShape(new Shape.Image(2, 3));
        new ContinualTrainer().train(network, tasks);
        Examples test = tasks.tasks().get(0).test();
        Examples rows =
                test.select(IntStream.range(0, 150).map(i -> i % test.size()).toArray(), label -> label);

        try (Lanes lanes = Lanes.startSharing(3)) {
            assertThat(network.logits("task 0", rows, lanes)).isEqualTo(network.logits("task 0", rows));
        }
    }

    @Test
    void anEmptyLayerOfMapsGivesWhatItsBiasesGive() {
        NetworkShape shape = new NetworkShape(
                new Shape.Image(2, 3), ImmutableList.of(new Convolution(3, 2, 1), new Convolution(2, 1, 1)));
        GatedNetwork network = GatedNetwork.create(shape, Normalisation.NONE, 1);
        TaskState state = new TaskState(
                "closed",
                ImmutableList.of(0, 1),
                Layer.heUniform(2, 2, network.parts().headConnection(), new SplittableRandom(1)),
                List.of(new double[] {-1, -1, -1}, new double[] {1, 1}));
        network.parts().consolidate(ConsolidatedTask.of(state), state.subnetwork());

        assertThat(network.subnetwork("closed").layers().get(0)).isEqualTo(UnitSet.none(3));
        assertThat(network.logits("closed", SmallTasks.task("any", 1).test())).containsOnly(0);
    }
}
