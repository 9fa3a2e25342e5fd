package sluice.tasks.images;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** JPEG files as Java writes them, with what cameras add. */
final class JpegFixture {
    private JpegFixture() {}

    /** Grey, in squares of 8 pixels, which JPEG keeps: each of a shade, row by row. */
    static BufferedImage squares(int columns, int... shades) {
        BufferedImage image = new BufferedImage(8 * columns, 8 * shades.length / columns, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.getRaster().setSample(x, y, 0, shades[y / 8 * columns + x / 8]);
            }
        }
        return image;
    }

    static BufferedImage coloured(int width, int height, int rgb) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, rgb);
            }
        }
        return image;
    }

    static byte[] baseline(BufferedImage image) throws IOException {
        return written(new IIOImage(image, null, null), ImageWriteParam.MODE_DISABLED);
    }

    static byte[] progressive(BufferedImage image) throws IOException {
        return written(new IIOImage(image, null, null), ImageWriteParam.MODE_DEFAULT);
    }

    static byte[] bands(int bands) throws IOException {
        WritableRaster raster = Raster.createInterleavedRaster(0, 8, 8, bands, null);
        return written(new IIOImage(raster, null, null), ImageWriteParam.MODE_DISABLED);
    }

    private static byte[] written(IIOImage image, int progressive) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setProgressiveMode(progressive);
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(1);
            writer.setOutput(out);
            writer.write(null, image, how);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** The same file with a segment more after its first two bytes. */
    static byte[] with(byte[] jpeg, int marker, byte[] segment) {
        ByteBuffer more = ByteBuffer.allocate(jpeg.length + 4 + segment.length);
        more.put(jpeg, 0, 2).put((byte) 0xff).put((byte) marker);
        more.putShort((short) (2 + segment.length)).put(segment);
        return more.put(jpeg, 2, jpeg.length - 2).array();
    }

    /** What a camera says of how it was held. */
    static byte[] exif(int orientation) {
        ByteBuffer exif = ByteBuffer.allocate(32);
        exif.put("Exif\0\0MM\0*".getBytes(StandardCharsets.US_ASCII)).putInt(8).putShort((short) 1);
        exif.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation);
        return exif.array();
    }

    /** The same file with another byte in its frame header. */
    static byte[] framed(byte[] jpeg, int offset, int value) {
        byte[] changed = jpeg.clone();
        for (int i = 2; i < jpeg.length - 1; i++) {
            if (jpeg[i] == (byte) 0xff && (jpeg[i + 1] == (byte) 0xc0 || jpeg[i + 1] == (byte) 0xc2)) {
                changed[i + offset] = (byte) value;
                return changed;
            }
        }
        throw new IllegalArgumentException("no frame");
    }
}
