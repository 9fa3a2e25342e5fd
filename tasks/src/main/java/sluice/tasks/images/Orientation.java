package sluice.tasks.images;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How a camera held what it stored (the tag 0x0112 of EXIF 2.32, 4.6.4).
 *
 * @param swapped whether rows are stored as columns
 * @param fromRight whether stored rows begin at their end
 * @param fromBelow whether stored columns begin at their end
 */
record Orientation(boolean swapped, boolean fromRight, boolean fromBelow) {
    static final Orientation UPRIGHT = numbered(1);

    private static final int TAG = 0x0112;
    private static final int SHORT = 3;
    private static final int ENTRY = 12;

    /** As EXIF numbers them, 1 to 8. */
    static Orientation numbered(int number) {
        return new Orientation(
                number >= 5,
                number == 2 || number == 3 || number == 7 || number == 8,
                number == 3 || number == 4 || number == 6 || number == 7);
    }

    /** That of EXIF data, which begin with the order of their bytes; upright where they do not say it, or not as they should. */
    static Orientation of(ByteBuffer content) {
        ByteBuffer exif = content.slice();
        if (exif.limit() < 8) {
            return UPRIGHT;
        }
        exif.order(exif.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        long directory = Integer.toUnsignedLong(exif.getInt(4));
        if (directory + 2 > exif.limit()) {
            return UPRIGHT;
        }
        int entries = Short.toUnsignedInt(exif.getShort((int) directory));
        int first = (int) directory + 2;
        for (int at = first; at < first + entries * ENTRY && at + ENTRY <= exif.limit(); at += ENTRY) {
            if (exif.getShort(at) == TAG && exif.getShort(at + 2) == SHORT) {
                int number = exif.getShort(at + 8);
                return number >= 1 && number <= 8 ? numbered(number) : UPRIGHT;
            }
        }
        return UPRIGHT;
    }

    /** Of what is stored in this size. */
    PixelSize upright(PixelSize stored) {
        return swapped ? new PixelSize(/* height= */ stored.width(), /* width= */ stored.height()) : stored;
    }

    Pixels upright(Pixels stored) {
        return equals(UPRIGHT) ? stored : new Turned(stored, this);
    }

    /** Pixels the right way up. */
    private record Turned(Pixels stored, Orientation orientation) implements Pixels {
        @Override
        public PixelSize size() {
            return orientation.upright(stored.size());
        }

        @Override
        public double at(Channel channel, int x, int y) {
            int column = orientation.swapped ? y : x;
            int row = orientation.swapped ? x : y;
            PixelSize size = stored.size();
            return stored.at(
                    channel,
                    orientation.fromRight ? size.width() - 1 - column : column,
                    orientation.fromBelow ? size.height() - 1 - row : row);
        }
    }
}
