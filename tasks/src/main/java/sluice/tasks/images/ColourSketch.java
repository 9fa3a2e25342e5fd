package sluice.tasks.images;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import java.util.List;

/** Whether images have colours, by a look at the pixels of a few of each class: many a grey one is stored as red, green and blue. */
final class ColourSketch {
    private static final int OF_A_CLASS = 3;
    private static final int MOST_IMAGES = 30;

    /** Between the channels of a pixel, of 255: a scan in colours of what is grey has less. */
    private static final double DIFFERENCE = 16;

    private ColourSketch() {}

    static Colour of(List<ImageFile> images) {
        Multiset<String> looked = HashMultiset.create();
        for (ImageFile file : images) {
            if (looked.size() < MOST_IMAGES && looked.count(file.label()) < OF_A_CLASS) {
                looked.add(file.label());
                EncodedImage image = EncodedImage.at(file.path());
                if (isColoured(image.pixels())) {
                    return Colour.RGB;
                }
            }
        }
        return Colour.GREY;
    }

    private static boolean isColoured(Pixels pixels) {
        for (int y = 0; y < pixels.size().height(); y++) {
            for (int x = 0; x < pixels.size().width(); x++) {
                double red = pixels.at(Channel.RED, x, y);
                double green = pixels.at(Channel.GREEN, x, y);
                double blue = pixels.at(Channel.BLUE, x, y);
                double least = Math.min(red, Math.min(green, blue));
                if (Math.max(red, Math.max(green, blue)) - least > DIFFERENCE) {
                    return true;
                }
            }
        }
        return false;
    }
}
