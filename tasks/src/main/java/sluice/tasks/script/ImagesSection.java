package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Range;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import sluice.tasks.images.Colour;
import sluice.tasks.images.ImageFolder;
import sluice.tasks.images.ImageSize;

/** Reads the keys of {@code data} that say where images are. */
final class ImagesSection {
    static final String RESIZE = "resize";
    static final String COLOUR = "colour";
    private static final String WIDTH = "width";
    private static final String HEIGHT = "height";
    private static final ImmutableList<String> SIDES = ImmutableList.of(WIDTH, HEIGHT);
    private static final Range<Integer> SIDE = Range.closed(1, 4096);

    private ImagesSection() {}

    static ImageFolder read(Section data, Path scriptFolder) {
        Value folder = data.required("folder", "folder: my-images");
        Path path = DataSettings.absolute(folder, DataSettings.path(folder), scriptFolder);
        if (data.value("test_share").isPresent()) {
            return new ImageFolder.Shared(path, TestShareKeys.read(data), size(data), colour(data));
        }
        TestShareKeys.refuse(data, "has no meaning without test_share: add test_share, or remove it");
        return new ImageFolder.TrainAndTest(path, size(data), colour(data));
    }

    private static ImageSize size(Section data) {
        return data.value(RESIZE).map(ImagesSection::resized).orElseGet(ImageSize.AsStored::new);
    }

    private static Colour colour(Section data) {
        return data.choice(COLOUR, Colour.GREY);
    }

    /** A side of a square, or both. */
    private static ImageSize resized(Value value) {
        if (!value.isMapping()) {
            int side = value.integer(SIDE);
            return new ImageSize.Resized(side, side);
        }
        Section sides = Section.of(value, SIDES);
        return new ImageSize.Resized(
                sides.required(HEIGHT, "height: 28").integer(SIDE),
                sides.required(WIDTH, "width: 28").integer(SIDE));
    }

    /** What is to be written beside the folder. */
    static Map<String, Object> settings(ImageFolder images) {
        Map<String, Object> settings = new LinkedHashMap<>();
        if (images.size() instanceof ImageSize.Resized size) {
            settings.put(RESIZE, ImmutableMap.of(WIDTH, size.width(), HEIGHT, size.height()));
        }
        if (images.colour() != Colour.GREY) {
            settings.put(COLOUR, Section.word(images.colour()));
        }
        if (images instanceof ImageFolder.Shared shared) {
            settings.putAll(TestShareKeys.settings(shared.share()));
        }
        return settings;
    }
}
