package sluice.tasks.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Splitter;
import com.google.common.hash.Hashing;
import com.google.common.primitives.Floats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.tasks.InputException;

/** One picture has one set of values, however its file writes them. */
@Tag("slow")
class PngImageTest {
    private static final Path PATH = Path.of("a.png");
    private static final int GREY = 0;
    private static final int COLOURS = 2;
    private static final int PALETTE = 3;
    private static final int GREY_ALPHA = 4;
    private static final int COLOURS_ALPHA = 6;

    /** A file of one row. */
    private static byte[] png(int width, int depth, int type, String row, Chunk... before) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(HexFormat.of().parseHex("89504e470d0a1a0a"));
        ByteBuffer header = ByteBuffer.allocate(13);
        header.putInt(width).putInt(1).put((byte) depth).put((byte) type);
        new Chunk("IHDR", header.array()).write(file);
        for (Chunk chunk : before) {
            chunk.write(file);
        }
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflate = new DeflaterOutputStream(data, new Deflater())) {
            deflate.write(0);
            deflate.write(hex(row));
        }
        new Chunk("IDAT", data.toByteArray()).write(file);
        new Chunk("IEND", new byte[0]).write(file);
        return file.toByteArray();
    }

    private static byte[] hex(String bytes) {
        return HexFormat.of().parseHex(bytes.replace(" ", ""));
    }

    private record Chunk(String type, byte[] content) {
        static Chunk of(String type, String content) {
            return new Chunk(type, hex(content));
        }

        void write(ByteArrayOutputStream file) throws IOException {
            ByteBuffer typed = ByteBuffer.allocate(4 + content.length);
            typed.put(type.getBytes(StandardCharsets.US_ASCII)).put(content);
            file.write(ByteBuffer.allocate(4).putInt(content.length).array());
            file.write(typed.array());
            int crc = Hashing.crc32().hashBytes(typed.array()).asInt();
            file.write(ByteBuffer.allocate(4).putInt(crc).array());
        }
    }

    private static float[] shades(byte[] content) {
        EncodedImage image = EncodedImage.of(PATH, content);
        float[] shades = new float[(int) image.size().pixels()];
        image.pixels().write(Colour.GREY, shades, 0);
        return shades;
    }

    @Test
    void everyEncodingOfAPictureHasItsValues() throws IOException {
        byte[][] files = {
            png(4, 8, GREY, "00 88 11 ff"),
            png(4, 4, GREY, "08 1f"),
            png(4, 16, GREY, "0000 8888 1111 ffff"),
            png(4, 8, GREY_ALPHA, "00ff 88ff 11ff ffff"),
            png(4, 16, GREY_ALPHA, "0000ffff 8888ffff 1111ffff ffffffff"),
            png(4, 8, COLOURS, "000000 888888 111111 ffffff"),
            png(4, 16, COLOURS, "000000000000 888888888888 111111111111 ffffffffffff"),
            png(4, 8, COLOURS_ALPHA, "000000ff 888888ff 111111ff ffffffff"),
            png(4, 16, COLOURS_ALPHA, "000000000000ffff 888888888888ffff 111111111111ffff ffffffffffffffff"),
            png(4, 8, PALETTE, "03 00 01 02", Chunk.of("PLTE", "888888 111111 ffffff 000000")),
            png(4, 2, PALETTE, "c6", Chunk.of("PLTE", "888888 111111 ffffff 000000")),
        };

        for (byte[] file : files) {
            assertThat(shades(file)).containsExactly(0, 136, 17, 255);
        }
    }

    @Test
    void greyOfOneAndTwoBitsGoesFromBlackToWhite() throws IOException {
        assertThat(shades(png(4, 1, GREY, "50"))).containsExactly(0, 255, 0, 255);
        assertThat(shades(png(4, 2, GREY, "1b"))).containsExactly(0, 85, 170, 255);
    }

    @Test
    void whatIsTransparentIsBlackHoweverTheFileSaysSo() throws IOException {
        assertThat(shades(png(2, 8, GREY, "88 11", Chunk.of("tRNS", "0088")))).containsExactly(0, 17);
        assertThat(shades(png(2, 4, GREY, "81", Chunk.of("tRNS", "0008")))).containsExactly(0, 17);
        assertThat(shades(png(2, 16, GREY, "8888 1111", Chunk.of("tRNS", "8888"))))
                .containsExactly(0, 17);
        assertThat(shades(png(2, 8, COLOURS, "888888 111111", Chunk.of("tRNS", "008800880088"))))
                .containsExactly(0, 17);
        assertThat(shades(png(2, 16, COLOURS, "888888888888 111111111111", Chunk.of("tRNS", "888888888888"))))
                .containsExactly(0, 17);
        assertThat(shades(png(2, 8, PALETTE, "00 01", Chunk.of("PLTE", "888888 111111"), Chunk.of("tRNS", "00"))))
                .containsExactly(0, 17);
        assertThat(shades(png(2, 8, GREY_ALPHA, "8800 11ff"))).containsExactly(0, 17);
        assertThat(shades(png(2, 8, COLOURS_ALPHA, "88888800 111111ff"))).containsExactly(0, 17);
    }

    private static float[] colours(byte[] content) {
        EncodedImage image = EncodedImage.of(PATH, content);
        float[] values = new float[(int) Colour.RGB.values(image.size())];
        image.pixels().write(Colour.RGB, values, 0);
        return values;
    }

    @Test
    void coloursAreChannelsOneAfterTheOtherHoweverTheFileWritesThem() throws IOException {
        byte[][] files = {
            png(2, 8, COLOURS, "ff0011 003322"),
            png(2, 16, COLOURS, "ffff00001111 000033332222"),
            png(2, 8, COLOURS_ALPHA, "ff0011ff 003322ff"),
            png(2, 8, PALETTE, "01 00", Chunk.of("PLTE", "003322 ff0011")),
        };

        for (byte[] file : files) {
            assertThat(colours(file)).containsExactly(255, 0, 0, 51, 17, 34);
        }
        assertThat(colours(png(2, 8, GREY, "88 11"))).containsExactly(136, 17, 136, 17, 136, 17);
    }

    @Test
    void whatIsHalfTransparentHasHalfOfEachColour() throws IOException {
        assertThat(colours(png(1, 8, COLOURS_ALPHA, "ff663380"))).containsExactly(128, 51, 26);
        assertThat(colours(png(1, 8, PALETTE, "00", Chunk.of("PLTE", "ff6633"), Chunk.of("tRNS", "80"))))
                .containsExactly(128, 51, 26);
    }

    /** Pixels 0 and 1, one beside the other, as a camera that was held so stored them. */
    @ParameterizedTest
    @CsvSource({"1,1,1 2", "2,1,2 1", "3,1,2 1", "4,1,1 2", "5,2,1 2", "6,2,1 2", "7,2,2 1", "8,2,2 1", "9,1,1 2"})
    void itIsTurnedAsItsExifDataSay(int orientation, int height, String shades) throws IOException {
        for (String order : new String[] {
            "4d4d002a00000008 0001 0112 0003 00000001 00%02x0000 00000000",
            "49492a0008000000 0100 1201 0300 01000000 %02x000000 00000000"
        }) {
            byte[] file = png(2, 8, GREY, "01 02", Chunk.of("eXIf", order.formatted(orientation)));

            assertThat(EncodedImage.of(PATH, file).size()).isEqualTo(new PixelSize(height, 3 - height));
            assertThat(shades(file))
                    .containsExactly(Floats.toArray(Splitter.on(' ')
                            .splitToStream(shades)
                            .map(Float::valueOf)
                            .toList()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4d4d", "4d4d002affffffff", "4d4d002a00000008ffff0112"})
    void exifDataThatAreNoneTurnNothing(String exif) throws IOException {
        assertThat(shades(png(2, 8, GREY, "01 02", Chunk.of("eXIf", exif)))).containsExactly(1, 2);
    }

    @Test
    void sixteenBitsAreScaledToEight() throws IOException {
        assertThat(shades(png(3, 16, GREY, "0080 8000 7fff"))).containsExactly(0, 128, 127);
    }

    @Test
    void gammaAndColourProfilesChangeNothing() throws IOException {
        Chunk gamma = Chunk.of("gAMA", "00000a00");
        Chunk chromaticities =
                Chunk.of("cHRM", "00007a25 00008083 0000f424 00008000 00007530 0000ea60 00003a98 00001770");

        assertThat(shades(png(2, 8, GREY, "88 11", gamma))).containsExactly(136, 17);
        assertThat(shades(png(2, 8, COLOURS, "888888 111111", gamma, chromaticities)))
                .containsExactly(136, 17);
    }

    @ParameterizedTest
    @CsvSource({"1000000,1000000", "2147483647,2147483647", "70000,70000"})
    void aHeaderThatClaimsMorePixelsThanTheFileCanHoldIsRefused(int width, int height) throws IOException {
        byte[] content = png(2, 8, GREY, "88 11");
        ByteBuffer header = ByteBuffer.wrap(content);
        header.putInt(16, width).putInt(20, height);
        header.putInt(29, Hashing.crc32().hashBytes(content, 12, 17).asInt());

        assertThatThrownBy(() -> EncodedImage.of(PATH, content))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("a.png is damaged: its header promises %dx%d pixels".formatted(width, height));
    }

    @Test
    void wherePixelsAreMissingItIsRefusedWhateverItsLength() throws IOException {
        byte[] whole = png(64, 8, GREY, "00 01 02 03 04 05 06 07".repeat(8));
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);

            assertThatThrownBy(() -> shades(cut))
                    .as("%d of %d bytes", length, whole.length)
                    .isInstanceOf(InputException.class)
                    .hasMessageStartingWith("a.png is damaged")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void aChangedByteIsDamageWhereverItIs() throws IOException {
        byte[] whole = png(64, 8, GREY, "00 01 02 03 04 05 06 07".repeat(8));
        for (int i = 0; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= 4;

            assertThatThrownBy(() -> shades(changed))
                    .as("byte %d of %d", i, whole.length)
                    .isInstanceOf(InputException.class)
                    .hasMessageStartingWith("a.png is damaged");
        }
    }
}
