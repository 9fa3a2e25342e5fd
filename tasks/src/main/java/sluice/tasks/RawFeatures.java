package sluice.tasks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The raw features of all examples of a data set, row after row: as they were read, in as little memory as they fit in. */
sealed interface RawFeatures {
    /** Reads an example through a map; allocates nothing. */
    void read(FeatureMap map, int row, float[] into);

    /** For each mapped feature, whether one of these rows has another value than this one. */
    boolean[] differing(FeatureMap map, int[] rows, float value);

    /** Of the same kind as these, with a frame of zeros around every image. */
    RawFeatures framed(Padding padding, int[] rows);

    /**
     * Any numbers.
     *
     * @param values not copied
     */
    record Floats(float[] values) implements RawFeatures {
        @Override
        public void read(FeatureMap map, int row, float[] into) {
            map.apply(values, row * map.rawFeatures(), into);
        }

        @Override
        public boolean[] differing(FeatureMap map, int[] rows, float value) {
            return RawFeatures.read(this, map, rows, value);
        }

        @Override
        public RawFeatures framed(Padding padding, int[] rows) {
            float[] framed =
                    new float[Math.multiplyExact(rows.length, padding.shape().features())];
            padding.lines(rows, (from, to, length) -> System.arraycopy(values, from, framed, to, length));
            return new Floats(framed);
        }
    }

    /**
     * Whole numbers from 0 to 255, as grey values are: unsigned bytes.
     *
     * @param values not copied
     */
    record Bytes(byte[] values) implements RawFeatures {
        private static final VarHandle EIGHT =
                MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

        @Override
        public void read(FeatureMap map, int row, float[] into) {
            map.apply(values, row * map.rawFeatures(), into);
        }

        /** Where nothing is computed, bytes are compared as they are: all of a row at once, in whichever order they are read. */
        @Override
        public boolean[] differing(FeatureMap map, int[] rows, float value) {
            int[] places = map.places().orElse(null);
            byte same = (byte) (int) value;
            if (places == null || Byte.toUnsignedInt(same) != value) {
                return RawFeatures.read(this, map, rows, value);
            }
            byte[] seen = new byte[map.rawFeatures()];
            for (int row : rows) {
                mark(values, row * seen.length, same, seen);
            }
            boolean[] differing = new boolean[places.length];
            for (int i = 0; i < places.length; i++) {
                differing[i] = seen[places[i]] != 0;
            }
            return differing;
        }

        /** Adds a row and its squares. */
        void add(int row, int[] sums, int[] squares) {
            int at = row * sums.length;
            for (int i = 0; i < sums.length; i++) {
                int value = values[at + i] & 0xff;
                sums[i] += value;
                squares[i] += value * value;
            }
        }

        /** Eight at a time. */
        private static void mark(byte[] values, int at, byte same, byte[] seen) {
            long repeated = (same & 0xffL) * 0x0101010101010101L;
            int i = 0;
            for (; i <= seen.length - Long.BYTES; i += Long.BYTES) {
                long differing = (long) EIGHT.get(values, at + i) ^ repeated;
                EIGHT.set(seen, i, (long) EIGHT.get(seen, i) | differing);
            }
            for (; i < seen.length; i++) {
                seen[i] |= (byte) (values[at + i] ^ same);
            }
        }

        @Override
        public RawFeatures framed(Padding padding, int[] rows) {
            byte[] framed =
                    new byte[Math.multiplyExact(rows.length, padding.shape().features())];
            padding.lines(rows, (from, to, length) -> System.arraycopy(values, from, framed, to, length));
            return new Bytes(framed);
        }
    }

    private static boolean[] read(RawFeatures all, FeatureMap map, int[] rows, float value) {
        boolean[] differing = new boolean[map.features()];
        float[] read = new float[differing.length];
        for (int row : rows) {
            all.read(map, row, read);
            for (int i = 0; i < differing.length; i++) {
                differing[i] |= read[i] != value;
            }
        }
        return differing;
    }
}
