package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import sluice.evaluation.Reference;
import sluice.framework.internal.kernel.Padding;
import sluice.framework.layer.LayerShape;
import sluice.framework.layer.convolution.Convolution;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.layer.pooling.Pooling;
import sluice.tasks.script.LayerSettings;
import sluice.tasks.script.NetworkSettings;
import sluice.tasks.script.TaskSequenceScript;

/** The layers that a script writes, as those of a network. */
final class ScriptLayers {
    private ScriptLayers() {}

    /** One by one where the script has them so, else none. */
    static ImmutableList<LayerShape> of(NetworkSettings network) {
        return network.layers().stream().map(ScriptLayers::layer).collect(ImmutableList.toImmutableList());
    }

    private static LayerShape layer(LayerSettings settings) {
        if (settings instanceof LayerSettings.Conv conv) {
            Padding padding =
                    switch (conv.padding()) {
                        case VALID -> Padding.VALID;
                        case SAME -> Padding.SAME;
                    };
            Pooling pooling =
                    switch (conv.pooling()) {
                        case MAX -> Pooling.MAX;
                        case AVERAGE -> Pooling.AVERAGE;
                    };
            return new Convolution(conv.maps(), conv.kernel(), padding, conv.pool(), pooling);
        }
        return new FullyConnected(settings.units());
    }

    /** Refuses convolutions where what is trained has dense layers only. */
    static void check(TaskSequenceScript script, boolean gated) {
        if (!script.network().convolutional()) {
            return;
        }
        if (!gated) {
            throw script.error(
                    "network.layers",
                    "strategy %s trains dense layers only: write network.hidden in place of convolutions, or strategy: gates"
                            .formatted(script.strategy().name()));
        }
        for (Reference reference : ScriptReport.references(script.report())) {
            throw script.error(
                    "report.references",
                    "reference %s trains dense layers only: leave it out where network.layers has convolutions"
                            .formatted(reference.word()));
        }
    }
}
