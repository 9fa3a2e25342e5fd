package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Range;
import java.util.Map;
import sluice.tasks.Suggestion;

/** A hidden layer as a script writes it: {@code {dense: 256}} or {@code {conv: {maps: 32, kernel: 5, pool: 2}}}. */
public sealed interface LayerSettings {
    /** Kinds of layers. */
    ImmutableList<String> KEYS = ImmutableList.of("conv", "dense");

    /**
     * @return units, each with a gate
     */
    int units();

    /**
     * @return whether it lies on maps, as inputs are that are images and as it makes them itself; else it may lie on anything
     */
    boolean onMaps();

    /**
     * @return as it is written, defaults included
     */
    Map<String, Object> settings();

    /**
     * A dense layer.
     *
     * @param units 1 to 100000
     */
    record Dense(int units) implements LayerSettings {
        @Override
        public boolean onMaps() {
            return false;
        }

        @Override
        public Map<String, Object> settings() {
            return Map.of("dense", units);
        }
    }

    /**
     * A convolutional layer with pooling of squares.
     *
     * @param maps 1 to 10000
     * @param kernel pixels of a side, 1 to 100
     * @param padding what the kernel sees beyond the edge
     * @param pool side of the squares, 1 (no pooling) to 11
     * @param pooling what of each square goes on
     */
    record Conv(int maps, int kernel, Padding padding, int pool, Pooling pooling) implements LayerSettings {
        static final ImmutableList<String> KEYS = ImmutableList.of("maps", "kernel", "padding", "pool", "pooling");
        private static final Range<Integer> MAPS = Range.closed(1, 10_000);
        private static final Range<Integer> KERNEL = Range.closed(1, 100);
        private static final Range<Integer> POOL = Range.closed(1, 11);

        @Override
        public int units() {
            return maps;
        }

        @Override
        public boolean onMaps() {
            return true;
        }

        @Override
        public Map<String, Object> settings() {
            ImmutableMap.Builder<String, Object> settings = ImmutableMap.builder();
            settings.put("maps", maps);
            settings.put("kernel", kernel);
            settings.put("padding", Section.word(padding));
            settings.put("pool", pool);
            if (pooling != Pooling.MAX) {
                // left out where it is the usual one: runs of before it was there are the same runs
                settings.put("pooling", Section.word(pooling));
            }
            return Map.of("conv", settings.buildOrThrow());
        }

        static Conv read(Section conv) {
            return new Conv(
                    conv.required("maps", "maps: 32").integer(MAPS),
                    conv.required("kernel", "kernel: 5").integer(KERNEL),
                    conv.choice("padding", Padding.VALID),
                    conv.integer("pool", POOL, 1),
                    conv.choice("pooling", Pooling.MAX));
        }
    }

    /** What a kernel sees beyond the edge. */
    enum Padding {
        /** Nothing: it stays inside. */
        VALID,
        /** Zeros, so many that maps keep their size. */
        SAME
    }

    /** What of a square of positions goes on. */
    enum Pooling {
        /** The largest value. */
        MAX,
        /** The mean. */
        AVERAGE
    }

    /** Reads a layer of one kind. */
    static LayerSettings read(Value layer, Range<Integer> units) {
        Node.Mapping mapping = layer.mapping("a layer like {conv: {maps: 32, kernel: 5, pool: 2}} or {dense: 256}");
        if (mapping.entries().size() != 1) {
            throw layer.error("must be one layer, conv or dense, got %d keys: begin each layer with a dash of its own"
                    .formatted(mapping.entries().size()));
        }
        String kind = mapping.entries().keySet().iterator().next();
        Value value = layer.children().iterator().next();
        return switch (kind) {
            case "conv" -> Conv.read(Section.of(value, Conv.KEYS));
            case "dense" -> new Dense(value.integer(units));
            default ->
                throw value.error("unknown layer '%s': %s".formatted(Complaint.quote(kind), Suggestion.of(kind, KEYS)));
        };
    }
}
