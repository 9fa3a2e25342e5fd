package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import sluice.evaluation.Reference;
import sluice.framework.internal.kernel.Padding;
import sluice.framework.layer.LayerShape;
import sluice.framework.layer.convolution.Convolution;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.layer.normalisation.Normalised;
import sluice.framework.layer.pooling.Pooling;
import sluice.framework.strategy.StrategyTraits;
import sluice.tasks.script.LayerSettings;
import sluice.tasks.script.NetworkSettings;
import sluice.tasks.script.TaskSequenceScript;

/** The layers that a script writes, as those of a network. */
final class ScriptLayers {
    private ScriptLayers() {}

    /** One by one where the script has them so, else fully connected ones; all of them normalised, if any. */
    static ImmutableList<LayerShape> of(NetworkSettings network) {
        ImmutableList<LayerShape> layers = network.layers().isEmpty()
                ? network.hidden().stream().map(FullyConnected::new).collect(ImmutableList.toImmutableList())
                : network.layers().stream().map(ScriptLayers::layer).collect(ImmutableList.toImmutableList());
        return switch (network.normalisation()) {
            case NONE -> layers;
            case BATCH -> layers.stream().map(Normalised::byBatch).collect(ImmutableList.toImmutableList());
        };
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

    /** Refuses normalisation where what is trained has layers without, or none at all. */
    static void checkNormalisation(TaskSequenceScript script, StrategyTraits traits) {
        if (script.network().normalisation() == NetworkSettings.UnitNormalisation.NONE) {
            return;
        }
        String strategy = script.strategy().name();
        if (!traits.takes(StrategyTraits.Setting.GATES)) {
            throw script.error(
                    "network.normalisation",
                    "strategy %s normalises no layer: remove it, or write strategy: gates".formatted(strategy));
        }
        if (traits.takes(StrategyTraits.Setting.INFERENCE) && script.inference().subnetworks() == 0) {
            throw script.error(
                    "network.normalisation",
                    "where tasks are not told, random features take the place of layers that could be normalised: remove it, or write scenario: task and strategy: gates");
        }
        for (Reference reference : ScriptReport.references(script.report())) {
            throw script.error(
                    "report.references",
                    "reference %s normalises no layer: leave it out where network.normalisation is batch"
                            .formatted(reference.word()));
        }
    }
}
