package sluice.framework.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Range;
import java.util.Map;
import java.util.Optional;
import sluice.framework.conditional.ExitLayer;
import sluice.framework.layer.LayerShape;
import sluice.framework.layer.convolution.Convolution;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.layer.pooling.Pooling;
import sluice.framework.predict.internal.kernel.Padding;
import sluice.tasks.script.Section;
import sluice.tasks.script.Value;

/** Reads and writes a layer: {@code {dense: 256}}, with what networks with exits add, or {@code {conv: {maps: 32, kernel: 5, pool: 2}}}. */
final class LayerSection {
    /** Kinds of layers. */
    static final ImmutableList<String> KINDS = ImmutableList.of("conv", "dense");

    static final ImmutableList<String> KEYS = ImmutableList.<String>builder()
            .addAll(KINDS)
            .addAll(ExitSection.LAYER_KEYS)
            .build();

    static final ImmutableList<String> CONV_KEYS = ImmutableList.of("maps", "kernel", "padding", "pool", "pooling");
    static final Range<Integer> UNITS = Range.closed(1, 100_000);
    private static final Range<Integer> MAPS = Range.closed(1, 10_000);
    private static final Range<Integer> KERNEL = Range.closed(1, 100);
    private static final Range<Integer> POOL = Range.closed(1, Convolution.LARGEST_POOL);

    private LayerSection() {}

    static LayerShape read(Value layer) {
        Section kind = only(layer);
        return kind.value("conv")
                .<LayerShape>map(conv -> convolution(Section.of(conv, CONV_KEYS)))
                .orElseGet(() -> dense(kind));
    }

    /** What is written of the one layer that there is. */
    private static Section only(Value layer) {
        if (!layer.isMapping()) {
            throw layer.mustBe("a layer like {conv: {maps: 32, kernel: 5, pool: 2}} or {dense: 256}");
        }
        Section kinds = Section.of(layer, KEYS);
        long count = KINDS.stream().flatMap(key -> kinds.value(key).stream()).count();
        if (count != 1) {
            throw layer.error("must be one layer, conv or dense, got %d keys: begin each layer with a dash of its own"
                    .formatted(count));
        }
        return kinds;
    }

    private static FullyConnected dense(Section kind) {
        return new FullyConnected(kind.value("dense").orElseThrow().integer(UNITS));
    }

    /** Whether what is computed hangs on the example: it may stop above the layer, or has some of its units alone. */
    static boolean isConditional(Value layer) {
        Section kind = only(layer);
        return ExitSection.hasExit(kind) || kind.value("gater").isPresent();
    }

    /** Refuses what only a network with exits has. */
    static void refuseSaid(Value layer, String reason) {
        Section kind = only(layer);
        ExitSection.LAYER_KEYS.stream().filter(key -> !key.equals("exit")).forEach(key -> kind.refuse(key, reason));
    }

    /** A layer of a network with exits. */
    static ExitLayer exitLayer(Value layer) {
        Section kind = only(layer);
        if (kind.value("conv").isPresent()) {
            throw layer.error(
                    "a network with exits or gaters has dense layers alone: remove the convolution, or these");
        }
        return ExitSection.layer(kind, dense(kind).units(), ExitSection.hasExit(kind));
    }

    /** A layer of a network with exits, as it is written, defaults included. */
    static Map<String, Object> exitSettings(Value layer) {
        return ExitSection.settings(only(layer), exitLayer(layer));
    }

    /** Whether it must lie on maps. */
    static boolean isOnMaps(Value layer) {
        return only(layer).value("conv").isPresent();
    }

    private static Convolution convolution(Section conv) {
        return new Convolution(
                conv.required("maps", "maps: 32").integer(MAPS),
                conv.required("kernel", "kernel: 5").integer(KERNEL),
                conv.choice("padding", Padding.VALID),
                conv.integer("pool", POOL, 1),
                pooling(conv));
    }

    /** As it is written, defaults included: even a pooling of squares of one pixel, which is no more than a word. */
    static Map<String, Object> settings(Value layer) {
        Section kind = only(layer);
        Optional<Value> written = kind.value("conv");
        if (written.isEmpty()) {
            return Map.of("dense", dense(kind).units());
        }
        Section conv = Section.of(written.get(), CONV_KEYS);
        Convolution read = convolution(conv);
        return Map.of(
                "conv",
                ImmutableMap.of(
                        "maps", read.maps(),
                        "kernel", read.kernel(),
                        "padding", Section.word(read.padding()),
                        "pool", read.pool(),
                        "pooling", Section.word(pooling(conv))));
    }

    private static Pooling pooling(Section conv) {
        return conv.choice("pooling", Pooling.MAX);
    }
}
