package sluice.framework.internal.state;

import com.google.common.collect.ImmutableMap;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import sluice.framework.internal.kernel.NativeMatrix;

/**
 * State as it was at one moment: arrays, numbers and texts, all as bytes, by their dotted names. Immutable.
 *
 * @param entries by name, in the order in which they were told; not copied
 */
public record Snapshot(ImmutableMap<String, byte[]> entries) {
    /** Takes a copy of all that somebody tells, but for {@linkplain State#bytes bytes}, which do not change. */
    public static Snapshot of(Consumer<State> told) {
        Keeping keeping = new Keeping("", new LinkedHashMap<>());
        told.accept(keeping);
        return new Snapshot(ImmutableMap.copyOf(keeping.entries));
    }

    /**
     * Gives back what was told.
     *
     * @param told as it was when the copy was taken
     * @throws StateMisfitException if something is missing, or has another length
     */
    public void restore(Consumer<State> told) {
        told.accept(state());
    }

    /** What gives back all that was told, to whoever makes something of it. */
    public State state() {
        return new Restoring("", entries);
    }

    /**
     * Gives back what was told by something with fewer outputs, the first of those that there are now; what it did not have stays as it is.
     *
     * @param told as it is with more outputs
     * @param outputs that there were
     * @throws StateMisfitException if something is missing, or has another form
     */
    public void restoreWider(Consumer<State> told, int outputs) {
        told.accept(new Widening("", entries, outputs));
    }

    /** What was told under a name, and under names that begin with it and a dot. */
    public Snapshot part(String name) {
        ImmutableMap.Builder<String, byte[]> within = ImmutableMap.builder();
        entries.forEach((key, value) -> {
            if (key.startsWith(name + ".")) {
                within.put(key.substring(name.length() + 1), value);
            }
        });
        return new Snapshot(within.buildOrThrow());
    }

    /** This one, with another under a name. */
    public Snapshot with(String name, Snapshot other) {
        ImmutableMap.Builder<String, byte[]> all = ImmutableMap.builder();
        all.putAll(entries);
        other.entries.forEach((key, value) -> all.put(name + "." + key, value));
        return new Snapshot(all.buildOrThrow());
    }

    /** All bytes of all entries. */
    public long size() {
        return entries.values().stream().mapToLong(bytes -> bytes.length).sum();
    }

    /** Names within a part of what is told. */
    private abstract static class Within implements State {
        private final String prefix;

        Within(String prefix) {
            this.prefix = prefix;
        }

        String key(String name) {
            return prefix + name;
        }

        abstract ByteBuffer exchange(String name, int bytes);

        private static int bytes(int each, int count) {
            long all = (long) each * count;
            if (all > Integer.MAX_VALUE - Long.BYTES) {
                throw new StateTooLargeException("an array of %d bytes".formatted(all));
            }
            return (int) all;
        }

        @Override
        public double number(String name, double value) {
            return Double.longBitsToDouble(count(name, Double.doubleToRawLongBits(value)));
        }

        @Override
        public int count(String name, int value) {
            return Math.toIntExact(count(name, (long) value));
        }

        @Override
        public String text(String name, String value) {
            return new String(bytes(name, value.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
        }

        @Override
        public void matrix(String name, NativeMatrix values) {
            float[] row = new float[values.columns()];
            ByteBuffer all = exchange(name, bytes(Float.BYTES * row.length, values.rows()));
            for (int r = 0; r < values.rows(); r++) {
                if (restores()) {
                    all.asFloatBuffer().get(row);
                    values.put(r, 0, row, 0, row.length);
                } else {
                    values.get(r, 0, row, 0, row.length);
                    all.asFloatBuffer().put(row);
                }
                all.position(all.position() + Float.BYTES * row.length);
            }
        }

        @Override
        public void matrix(String name, float[][] values) {
            FloatBuffer all = exchange(name, bytes(Float.BYTES * values[0].length, values.length))
                    .asFloatBuffer();
            for (float[] row : values) {
                if (restores()) {
                    all.get(row);
                } else {
                    all.put(row);
                }
            }
        }

        @Override
        public void floats(String name, float[] values) {
            ByteBuffer all = exchange(name, bytes(Float.BYTES, values.length));
            if (restores()) {
                all.asFloatBuffer().get(values);
            } else {
                all.asFloatBuffer().put(values);
            }
        }

        @Override
        public void doubles(String name, double[] values) {
            ByteBuffer all = exchange(name, bytes(Double.BYTES, values.length));
            if (restores()) {
                all.asDoubleBuffer().get(values);
            } else {
                all.asDoubleBuffer().put(values);
            }
        }

        @Override
        public void ints(String name, int[] values) {
            ByteBuffer all = exchange(name, bytes(Integer.BYTES, values.length));
            if (restores()) {
                all.asIntBuffer().get(values);
            } else {
                all.asIntBuffer().put(values);
            }
        }

        @Override
        public void longs(String name, long[] values) {
            ByteBuffer all = exchange(name, bytes(Long.BYTES, values.length));
            if (restores()) {
                all.asLongBuffer().get(values);
            } else {
                all.asLongBuffer().put(values);
            }
        }

        @Override
        public long count(String name, long value) {
            ByteBuffer one = exchange(name, Long.BYTES);
            if (restores()) {
                return one.getLong();
            }
            one.putLong(value);
            return value;
        }
    }

    private static final class Keeping extends Within {
        private final Map<String, byte[]> entries;

        Keeping(String prefix, Map<String, byte[]> entries) {
            super(prefix);
            this.entries = entries;
        }

        @Override
        ByteBuffer exchange(String name, int bytes) {
            return ByteBuffer.wrap(bytes(name, new byte[bytes]));
        }

        @Override
        public byte[] bytes(String name, byte[] value) {
            if (entries.put(key(name), value) != null) {
                throw new IllegalStateException("state %s is told twice".formatted(key(name)));
            }
            return value;
        }

        @Override
        public State part(String name) {
            return new Keeping(key(name) + ".", entries);
        }

        @Override
        public boolean restores() {
            return false;
        }
    }

    private static class Restoring extends Within {
        final ImmutableMap<String, byte[]> entries;

        Restoring(String prefix, ImmutableMap<String, byte[]> entries) {
            super(prefix);
            this.entries = entries;
        }

        @Override
        ByteBuffer exchange(String name, int bytes) {
            byte[] entry = entry(name);
            if (entry.length != bytes) {
                throw new StateMisfitException(
                        "%s has %d bytes instead of %d".formatted(key(name), entry.length, bytes));
            }
            return ByteBuffer.wrap(entry);
        }

        final byte[] entry(String name) {
            byte[] entry = entries.get(key(name));
            if (entry == null) {
                throw new StateMisfitException("%s is missing".formatted(key(name)));
            }
            return entry;
        }

        @Override
        public byte[] bytes(String name, byte[] value) {
            return entry(name).clone();
        }

        @Override
        public State part(String name) {
            return new Restoring(key(name) + ".", entries);
        }

        @Override
        public boolean restores() {
            return true;
        }
    }

    /** Of fewer outputs. */
    private static final class Widening extends Restoring {
        private final int outputs;

        Widening(String prefix, ImmutableMap<String, byte[]> entries, int outputs) {
            super(prefix, entries);
            this.outputs = outputs;
        }

        @Override
        public State part(String name) {
            return new Widening(key(name) + ".", entries, outputs);
        }

        @Override
        public boolean has(String name) {
            return entries.containsKey(key(name));
        }

        @Override
        public void floats(String name, float[] values, OutputRows form) {
            place(name, Float.BYTES, values.length, form, (narrow, at, place) -> values[place] = narrow.getFloat(at));
        }

        @Override
        public void ints(String name, int[] values, OutputRows form) {
            place(name, Integer.BYTES, values.length, form, (narrow, at, place) -> values[place] = narrow.getInt(at));
        }

        @Override
        public void longs(String name, long[] values, OutputRows form) {
            place(name, Long.BYTES, values.length, form, (narrow, at, place) -> values[place] = narrow.getLong(at));
        }

        private void place(String name, int each, int wide, OutputRows form, Placing one) {
            ByteBuffer narrow = narrow(name, each, wide, form);
            for (int at = 0; at < narrow.limit(); at += each) {
                one.place(narrow, at, form.place(at / each, outputs));
            }
        }

        /** Puts one value into its place. */
        private interface Placing {
            void place(ByteBuffer narrow, int at, int place);
        }

        @Override
        public void bits(String name, long[] values, OutputRows form) {
            LongBuffer narrow = ByteBuffer.wrap(entry(name)).asLongBuffer();
            Arrays.fill(values, 0);
            for (int i = 0; i < narrow.limit() * Long.SIZE; i++) {
                if ((narrow.get(i / Long.SIZE) >>> i & 1) == 1) {
                    int place = form.place(i, outputs);
                    if (place >= values.length * Long.SIZE) {
                        throw new StateMisfitException("%s has more bits than there is room for".formatted(key(name)));
                    }
                    values[place / Long.SIZE] |= 1L << place;
                }
            }
        }

        /** The values of fewer outputs, in as many rows or, where rows are of tasks, in fewer. */
        private ByteBuffer narrow(String name, int each, int wide, OutputRows form) {
            byte[] entry = entry(name);
            int inRows = entry.length / each - form.first();
            if (entry.length % each != 0
                    || inRows < 0
                    || inRows % outputs != 0
                    || outputs > form.outputs()
                    || inRows / outputs > (wide - form.first()) / form.outputs()) {
                throw new StateMisfitException("%s has %d bytes, which do not fit %d values of %d outputs"
                        .formatted(key(name), entry.length, wide, form.outputs()));
            }
            return ByteBuffer.wrap(entry);
        }
    }
}
