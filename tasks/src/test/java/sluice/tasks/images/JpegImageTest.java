package sluice.tasks.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.tasks.InputException;

@Tag("slow")
class JpegImageTest {
    private static final Path PATH = Path.of("a.jpg");
    private static final BufferedImage SQUARES = JpegFixture.squares(3, 10, 200, 90, 0, 255, 136);

    /** Shades of the middles of squares of 8 pixels, row by row. */
    private static int[] shades(byte[] content) {
        EncodedImage image = EncodedImage.of(PATH, content);
        Pixels pixels = image.pixels();
        assertThat(pixels.size()).isEqualTo(image.size());
        int columns = image.size().width() / 8;
        int[] shades = new int[columns * image.size().height() / 8];
        for (int i = 0; i < shades.length; i++) {
            shades[i] = (int) Math.round(pixels.at(Channel.GREY, 8 * (i % columns) + 4, 8 * (i / columns) + 4));
        }
        return shades;
    }

    private static void assertComplaint(byte[] content, String... parts) {
        assertThatThrownBy(() -> EncodedImage.of(PATH, content).pixels())
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("a.jpg is ")
                .hasMessageContainingAll(parts)
                .hasMessageContaining("remove it")
                .hasMessageNotContaining("\n");
    }

    @Test
    void greyIsKeptAsItIsStored() throws IOException {
        assertThat(shades(JpegFixture.baseline(SQUARES))).containsExactly(10, 200, 90, 0, 255, 136);
        assertThat(shades(JpegFixture.progressive(SQUARES))).containsExactly(10, 200, 90, 0, 255, 136);
    }

    @ParameterizedTest
    @CsvSource({"FF0000, 76", "00FF00, 150", "0000FF, 29", "808080, 128"})
    void coloursBecomeGreyByRec601(String rgb, int shade) throws IOException {
        BufferedImage image = JpegFixture.coloured(16, 16, Integer.parseInt(rgb, 16));

        for (byte[] content : new byte[][] {JpegFixture.baseline(image), JpegFixture.progressive(image)}) {
            assertThat(shades(content)[0]).isBetween(shade - 1, shade + 1);
        }
    }

    @Test
    void aColourProfileChangesNothing() throws IOException {
        byte[] plain = JpegFixture.baseline(JpegFixture.coloured(8, 8, 0xC8784F));
        byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
        ByteBuffer segment = ByteBuffer.allocate(14 + profile.length);
        segment.put("ICC_PROFILE\0\1\1".getBytes(StandardCharsets.US_ASCII)).put(profile);

        int[] found = shades(JpegFixture.with(plain, 0xe2, segment.array()));

        assertThat(found).isEqualTo(shades(plain)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ':',
            value = {
                "1:10,200,90,0,255,136",
                "2:90,200,10,136,255,0",
                "3:136,255,0,90,200,10",
                "4:0,255,136,10,200,90",
                "5:10,0,200,255,90,136",
                "6:0,10,255,200,136,90",
                "7:136,90,255,200,0,10",
                "8:90,136,200,255,10,0"
            })
    void aPictureIsTurnedAsItsCameraWasHeld(int orientation, String wanted) throws IOException {
        byte[] turned = JpegFixture.with(JpegFixture.baseline(SQUARES), 0xe1, JpegFixture.exif(orientation));

        assertThat(EncodedImage.of(PATH, turned).size())
                .isEqualTo(orientation < 5 ? new PixelSize(16, 24) : new PixelSize(24, 16));
        assertThat(shades(turned))
                .containsExactly(Arrays.stream(wanted.split(","))
                        .mapToInt(Integer::parseInt)
                        .toArray());
    }

    @Test
    void anOrientationThatCannotBeReadIsNone() throws IOException {
        byte[] plain = JpegFixture.baseline(SQUARES);
        byte[] exif = JpegFixture.exif(6);
        for (int length = 0; length < exif.length - 6; length++) {
            byte[] cut = JpegFixture.with(plain, 0xe1, Arrays.copyOf(exif, length));

            assertThat(EncodedImage.of(PATH, cut).size()).isEqualTo(new PixelSize(16, 24));
        }
        byte[] far = exif.clone();
        Arrays.fill(far, 10, 14, (byte) 0xff);

        assertThat(shades(JpegFixture.with(plain, 0xe1, far))).isEqualTo(shades(plain));
        assertThat(shades(JpegFixture.with(plain, 0xe1, JpegFixture.exif(9)))).isEqualTo(shades(plain));
    }

    @Test
    void wherePixelsAreMissingItIsRefusedWhateverItsLength() throws IOException {
        for (byte[] whole : new byte[][] {JpegFixture.baseline(SQUARES), JpegFixture.progressive(SQUARES)}) {
            for (int length = 3; length < whole.length; length++) {
                assertComplaint(Arrays.copyOf(whole, length), "damaged");
            }
        }
    }

    @Test
    void pixelsThatWereChangedAreDamage() throws IOException {
        byte[] changed = JpegFixture.baseline(JpegFixture.squares(20, new int[400]));
        Arrays.fill(changed, changed.length - 40, changed.length - 20, (byte) 0x55);

        assertComplaint(changed, "is damaged or no JPEG image (its pixels are broken off or changed): replace");
    }

    @Test
    void fourInksAreRefusedByName() throws IOException {
        assertComplaint(JpegFixture.bands(4), "a JPEG image that has four inks (CMYK)", "convert it to RGB");
    }

    @Test
    void otherKindsAreRefusedByName() throws IOException {
        byte[] jpeg = JpegFixture.baseline(SQUARES);

        assertComplaint(JpegFixture.framed(jpeg, 1, 0xc3), "is lossless or has arithmetic coding");
        assertComplaint(JpegFixture.framed(jpeg, 1, 0xc9), "is lossless or has arithmetic coding");
        assertComplaint(JpegFixture.framed(jpeg, 4, 12), "has samples of 12 bits");
        assertComplaint(JpegFixture.framed(jpeg, 9, 2), "has 2 values of a pixel");
        assertComplaint(JpegFixture.framed(jpeg, 6, 0), "its header promises no pixels");
    }

    @ParameterizedTest
    @ValueSource(ints = {0xc0, 0xc2})
    void aHeaderThatClaimsMoreThanTheFileCanHoldIsRefusedBeforeMemoryIsTaken(int frame) throws IOException {
        byte[] jpeg = JpegFixture.framed(JpegFixture.baseline(SQUARES), 1, frame);
        for (int i = 5; i < 9; i++) {
            jpeg = JpegFixture.framed(jpeg, i, 0xff);
        }

        assertComplaint(jpeg, "damaged: its header promises 65535x65535 pixels, more than its");
    }

    @Test
    void bytesThatOnlyBeginAsOneAreRefused() {
        assertComplaint(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff}, "damaged or no JPEG image");
        byte[] fill = new byte[1000];
        Arrays.fill(fill, (byte) 0xff);
        fill[1] = (byte) 0xd8;
        assertComplaint(fill, "its header cannot be read");
    }
}
