package sluice.framework.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import com.google.common.collect.Range;
import java.util.Map;
import sluice.framework.internal.kernel.Padding;
import sluice.framework.layer.LayerShape;
import sluice.framework.layer.convolution.Convolution;
import sluice.framework.layer.fullyconnected.FullyConnected;
import sluice.framework.layer.pooling.Pooling;
import sluice.tasks.Suggestion;
import sluice.tasks.script.Complaint;
import sluice.tasks.script.Section;
import sluice.tasks.script.Value;

/** Reads and writes a layer: {@code {dense: 256}} or {@code {conv: {maps: 32, kernel: 5, pool: 2}}}. */
final class LayerSection {
    /** Kinds of layers. */
    static final ImmutableList<String> KEYS = ImmutableList.of("conv", "dense");

    static final ImmutableList<String> CONV_KEYS = ImmutableList.of("maps", "kernel", "padding", "pool", "pooling");
    static final Range<Integer> UNITS = Range.closed(1, 100_000);
    private static final Range<Integer> MAPS = Range.closed(1, 10_000);
    private static final Range<Integer> KERNEL = Range.closed(1, 100);
    private static final Range<Integer> POOL = Range.closed(1, Convolution.LARGEST_POOL);

    private LayerSection() {}

    static LayerShape read(Value layer) {
        Value value = only(layer);
        return isDense(value) ? new FullyConnected(value.integer(UNITS)) : convolution(Section.of(value, CONV_KEYS));
    }

    /** What is written of the one layer that there is. */
    private static Value only(Value layer) {
        Map<String, Value> kinds = layer.entries("a layer like {conv: {maps: 32, kernel: 5, pool: 2}} or {dense: 256}");
        if (kinds.size() != 1) {
            throw layer.error("must be one layer, conv or dense, got %d keys: begin each layer with a dash of its own"
                    .formatted(kinds.size()));
        }
        String kind = Iterables.getOnlyElement(kinds.keySet());
        Value value = kinds.get(kind);
        if (!KEYS.contains(kind)) {
            throw value.error("unknown layer '%s': %s".formatted(Complaint.quote(kind), Suggestion.of(kind, KEYS)));
        }
        return value;
    }

    private static boolean isDense(Value value) {
        return value.key().endsWith(".dense");
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
        Value value = only(layer);
        if (isDense(value)) {
            return Map.of("dense", value.integer(UNITS));
        }
        Section conv = Section.of(value, CONV_KEYS);
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
