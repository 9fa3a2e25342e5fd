package sluice.tasks.images;

import com.google.common.primitives.Shorts;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a JPEG file says before its pixels.
 *
 * @param frame the marker of its kind: 0xc0 and 0xc1 sequential, 0xc2 progressive
 * @param precision bits of a sample
 * @param stored size of what is stored, which the orientation may turn
 * @param components of a pixel: 1 grey, 3 colours, 4 inks
 * @param orientation the right way up
 * @param plain the file without what is not needed to decode samples: colour profiles would change them
 */
record JpegHeader(int frame, int precision, PixelSize stored, int components, Orientation orientation, byte[] plain) {
    private static final int START_OF_SCAN = 0xda;
    private static final int COMMENT = 0xfe;
    private static final int APP_0 = 0xe0;
    private static final int APP_1 = 0xe1;
    private static final int ADOBE = 0xee;
    private static final int APP_15 = 0xef;

    boolean progressive() {
        return frame == 0xc2;
    }

    /** Reads segments up to the first scan. */
    static JpegHeader of(byte[] content) throws IOException {
        return new Segments(content).read();
    }

    /** The segments of a file, one after the other. */
    private static final class Segments {
        private final byte[] content;
        private final ByteArrayOutputStream plain = new ByteArrayOutputStream();
        private Orientation orientation = Orientation.UPRIGHT;
        private int at = 2;

        Segments(byte[] content) {
            this.content = content;
        }

        JpegHeader read() throws IOException {
            int frameMarker = 0;
            int frameStart = 0;
            plain.write(content, 0, at);
            while (true) {
                int marker = marker();
                if (marker == START_OF_SCAN) {
                    break;
                }
                int start = at + 2;
                int end = at + number(at);
                if (end < start || end > content.length) {
                    throw new EOFException();
                }
                if (marker == APP_1) {
                    orientation = beginsWith(start, "Exif\0\0")
                            ? Orientation.of(ByteBuffer.wrap(content, start + 6, end - start - 6))
                            : orientation;
                }
                if (isFrame(marker)) {
                    frameMarker = marker;
                    frameStart = start;
                }
                if (isNeeded(marker, start)) {
                    plain.write(0xff);
                    plain.write(marker);
                    plain.write(content, at, end - at);
                }
                at = end;
            }
            if (frameMarker == 0) {
                throw new IOException("a scan without a frame");
            }
            plain.write(content, at - 2, content.length - at + 2);
            return new JpegHeader(
                    frameMarker,
                    octet(frameStart),
                    new PixelSize(number(frameStart + 1), number(frameStart + 3)),
                    octet(frameStart + 5),
                    orientation,
                    plain.toByteArray());
        }

        /** The next marker, before which any number of bytes 0xff may be. */
        private int marker() throws IOException {
            if (octet(at) != 0xff) {
                throw new IOException("no marker");
            }
            while (octet(at) == 0xff) {
                at++;
            }
            return octet(at++);
        }

        private static boolean isFrame(int marker) {
            return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
        }

        private boolean isNeeded(int marker, int start) throws IOException {
            boolean application = marker >= APP_0 && marker <= APP_15;
            boolean colours = marker == ADOBE || (marker == APP_0 && beginsWith(start, "JFIF\0"));
            return marker != COMMENT && (!application || colours);
        }

        private boolean beginsWith(int start, String text) throws IOException {
            byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < wanted.length; i++) {
                if (start + i >= content.length || content[start + i] != wanted[i]) {
                    return false;
                }
            }
            return true;
        }

        private int octet(int index) throws IOException {
            if (index >= content.length) {
                throw new EOFException();
            }
            return Byte.toUnsignedInt(content[index]);
        }

        private int number(int index) throws IOException {
            octet(index + 1);
            return Short.toUnsignedInt(Shorts.fromBytes(content[index], content[index + 1]));
        }
    }
}
