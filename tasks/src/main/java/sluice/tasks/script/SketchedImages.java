package sluice.tasks.script;

import java.nio.file.Path;
import java.util.stream.IntStream;
import sluice.tasks.images.Colour;
import sluice.tasks.images.ImageFolder;
import sluice.tasks.images.ImageSize;
import sluice.tasks.images.ImageSketch;

/** A commented script for folders of images, as a look at them suggests; it runs as it is. */
public final class SketchedImages {
    private static final int MOST_TASKS = 10;

    private final ImageSketch images;
    private final ScriptLines lines = new ScriptLines();

    private SketchedImages(ImageSketch images) {
        this.images = images;
    }

    /**
     * {@return the script, in YAML}
     *
     * @param images what they look like
     * @param folder of the script, at which its paths start
     */
    public static String of(ImageSketch images, Path folder) {
        SketchedImages script = new SketchedImages(images);
        script.data(folder);
        script.tasks();
        script.lines.learning(images.count() - images.tests(), "images");
        return script.lines.text();
    }

    /**
     * {@return how many classes to each task: two, or of many classes so many that there are ten tasks at the most, where
     * that divides them}
     *
     * @param images what they look like
     */
    public static int classesPerTask(ImageSketch images) {
        int classes = images.classes().size();
        return IntStream.rangeClosed(2, classes / 2)
                .filter(each -> classes % each == 0 && classes / each <= MOST_TASKS)
                .findFirst()
                .orElse(2);
    }

    private void data(Path folder) {
        ImageFolder from = images.images();
        lines.add(
                "# Made from a look at %s: %,d images of %d classes. Every guess is a line to be changed.",
                ScriptLines.name(from.folder()),
                images.count(),
                images.classes().size());
        lines.add("# Check this file: sluice validate FILE    Run it: sluice run FILE");
        lines.add("");
        lines.add("data:");
        lines.add("  set: images");
        lines.add("  # Classes: %s", ScriptLines.counted(images.classes()));
        lines.add("  folder: %s", ScriptLines.quoted(ScriptLines.relative(folder, from.folder())));
        if (from instanceof ImageFolder.Shared shared) {
            lines.add("  # Of each class, by lot; or put images in train/CLASS and test/CLASS and leave this out.");
            lines.add("  test_share: %s", shared.share().share());
        } else {
            lines.add(
                    "  # Its folders train and test have %,d and %,d images.",
                    images.count() - images.tests(), images.tests());
        }
        lines.add("  # Sizes: %s", ScriptLines.counted(images.sizes()));
        if (from.size() instanceof ImageSize.Resized size) {
            lines.add(
                    "  # Every image becomes this large, a pixel being the mean of the area that it covers: more shows more.");
            lines.add("  resize: {width: %d, height: %d}", size.width(), size.height());
        }
        if (from.colour() == Colour.RGB) {
            lines.add(
                    "  # Red, green and blue of every pixel; or grey: a third of the inputs, where colours tell little.");
            lines.add("  colour: rgb");
        }
        lines.add("  # 0 to 255 become 0 to 1; or none: as they are.");
        lines.add("  normalisation: unit");
        lines.add("");
    }

    private void tasks() {
        if (images.classes().size() == 2) {
            lines.add("# Two classes make one task; a folder more for each further class makes several.");
        } else {
            lines.add(
                    "# Tasks of so many classes, in the order of their names; or groups: [[0, 1], [2]] of their numbers.");
            lines.add("split: {classes_per_task: %d}", classesPerTask(images));
            lines.add("");
            lines.add(
                    "# What is known at test: task (which one an image is of) or class (nothing, all classes are told apart).");
        }
        lines.add("scenario: task");
        lines.add("");
    }
}
