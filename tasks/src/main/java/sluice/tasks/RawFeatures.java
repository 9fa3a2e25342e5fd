package sluice.tasks;

/** The raw features of all examples of a data set, row after row: as they were read, in as little memory as they fit in. */
sealed interface RawFeatures {
    /** Reads an example through a map; allocates nothing. */
    void read(FeatureMap map, int row, float[] into);

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
            map.apply(values, row * map.features(), into);
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
        @Override
        public void read(FeatureMap map, int row, float[] into) {
            map.apply(values, row * map.features(), into);
        }

        @Override
        public RawFeatures framed(Padding padding, int[] rows) {
            byte[] framed =
                    new byte[Math.multiplyExact(rows.length, padding.shape().features())];
            padding.lines(rows, (from, to, length) -> System.arraycopy(values, from, framed, to, length));
            return new Bytes(framed);
        }
    }
}
