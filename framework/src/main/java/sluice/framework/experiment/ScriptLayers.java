package sluice.framework.experiment;

import com.google.common.collect.ImmutableList;
import sluice.framework.internal.kernel.Padding;
import sluice.framework.layer.LayerShape;
import sluice.framework.layer.convolution.Convolution;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.layer.pooling.Pooling;
import sluice.tasks.script.LayerSettings;
import sluice.tasks.script.NetworkSettings;

/** The layers that a script writes, as those of a network. */
final class ScriptLayers {
    private ScriptLayers() {}

    /** One by one where the script has them so, else fully connected ones. */
    static ImmutableList<LayerShape> of(NetworkSettings network) {
        return network.layers().isEmpty()
                ? network.hidden().stream().map(FullyConnected::new).collect(ImmutableList.toImmutableList())
                : network.layers().stream().map(ScriptLayers::layer).collect(ImmutableList.toImmutableList());
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
}
