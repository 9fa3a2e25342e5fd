package sluice.tasks;

/** Unsigned bytes, read as numbers. */
final class ByteValues {
    /** Each as a float: found sooner than converted. */
    private static final float[] NUMBERS = new float[1 << Byte.SIZE];

    static {
        for (int i = 0; i < NUMBERS.length; i++) {
            NUMBERS[i] = i;
        }
    }

    private ByteValues() {}

    /** Reads bytes that lie side by side. */
    static void read(byte[] from, int offset, int count, float[] into) {
        float[] numbers = NUMBERS;
        for (int i = 0; i < count; i++) {
            into[i] = numbers[from[offset + i] & 0xff];
        }
    }

    /** Reads bytes at places from an offset on. */
    static void read(byte[] from, int offset, int[] places, float[] into) {
        float[] numbers = NUMBERS;
        for (int i = 0; i < places.length; i++) {
            into[i] = numbers[from[offset + places[i]] & 0xff];
        }
    }
}
