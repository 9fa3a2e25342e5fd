package sluice.tasks.images;

import com.google.common.collect.ImmutableList;
import sluice.tasks.Shape;

/** Which values of a pixel become features. */
public enum Colour {
    /** One: its shade of grey. */
    GREY(ImmutableList.of(Channel.GREY)),
    /** Three: red, green and blue, each a whole image, one after the other. */
    RGB(ImmutableList.of(Channel.RED, Channel.GREEN, Channel.BLUE));

    private final ImmutableList<Channel> channels;

    Colour(ImmutableList<Channel> channels) {
        this.channels = channels;
    }

    /** In the order of the features. */
    ImmutableList<Channel> channels() {
        return channels;
    }

    /** Features of an image. */
    long values(PixelSize size) {
        return channels.size() * size.pixels();
    }

    /** What the features of an image are to each other. */
    Shape shape(PixelSize size) {
        return new Shape.Channels(channels.size(), size.height(), size.width()).simplest();
    }

    /** That of examples of a shape. */
    static Colour of(Shape shape) {
        return shape instanceof Shape.Channels image && image.channels() == RGB.channels.size() ? RGB : GREY;
    }
}
