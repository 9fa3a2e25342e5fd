package sluice.framework.picture;

import java.util.function.Consumer;
import sluice.framework.generator.GeneratedImage;

/** Draws images, the same whenever it is asked. */
@FunctionalInterface
public interface PictureSource {
    /**
     * Draws all images.
     *
     * @param into receives each, in order
     */
    void draw(Consumer<GeneratedImage> into);
}
