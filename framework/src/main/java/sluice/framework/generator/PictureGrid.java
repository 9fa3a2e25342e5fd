package sluice.framework.generator;

import static com.google.common.base.Preconditions.checkArgument;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Grey pictures side by side in rows, with lines between them. */
final class PictureGrid {
    private static final int LINE = 1;
    private static final int GREY = 64;
    private static final int WHITE = 255;

    private PictureGrid() {}

    /**
     * The grid as a PNG file: the same bytes for the same pictures.
     *
     * @param pictures row by row, each [height * width] row-major from the top left, with values in [0, 1], 0 being black; an
     *     empty one leaves its place free
     * @param columns pictures side by side
     */
    static byte[] png(float[][] pictures, int height, int width, int columns) {
        checkArgument(pictures.length > 0 && columns > 0, "a grid must have pictures");
        int rows = (pictures.length + columns - 1) / columns;
        int gridWidth = columns * (width + LINE) + LINE;
        int gridHeight = rows * (height + LINE) + LINE;
        BufferedImage image = new BufferedImage(gridWidth, gridHeight, BufferedImage.TYPE_BYTE_GRAY);
        WritableRaster raster = image.getRaster();
        for (int y = 0; y < gridHeight; y++) {
            for (int x = 0; x < gridWidth; x++) {
                raster.setSample(x, y, 0, GREY);
            }
        }
        for (int i = 0; i < pictures.length; i++) {
            int left = LINE + i % columns * (width + LINE);
            int top = LINE + i / columns * (height + LINE);
            for (int j = 0; j < pictures[i].length; j++) {
                float value = Math.max(0, Math.min(1, pictures[i][j]));
                raster.setSample(left + j % width, top + j / width, 0, Math.round(WHITE * value));
            }
        }
        return bytes(image);
    }

    private static byte[] bytes(BufferedImage image) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}
