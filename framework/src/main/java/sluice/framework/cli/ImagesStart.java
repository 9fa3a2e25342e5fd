package sluice.framework.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import sluice.tasks.Printable;
import sluice.tasks.images.Colour;
import sluice.tasks.images.ImageFolder;
import sluice.tasks.images.ImageSize;
import sluice.tasks.images.ImageSketch;
import sluice.tasks.script.SketchedImages;

/** A script to start from for images of one's own, and what was found in them. */
record ImagesStart(Path folder, Terminal terminal) {
    private static final int LISTED = 3;

    String script(Path place) {
        ImageSketch images = ImageSketch.of(folder);
        tell(images);
        return SketchedImages.of(images, place.toAbsolutePath().getParent());
    }

    private void tell(ImageSketch images) {
        images.notes().forEach(note -> terminal.err().println("sluice: warning: " + note));
        int classes = images.classes().size();
        say("%s: %,d images, %d classes", Printable.of(folder.toString()), images.count(), classes);
        say("sizes     %s", sizes(images));
        say(
                "colours   %s",
                images.images().colour() == Colour.RGB ? "red, green and blue" : "none, images are read in grey");
        say(
                "test      %s",
                images.images() instanceof ImageFolder.Shared shared
                        ? "a share of %s of each class, as there are no folders train and test"
                                .formatted(shared.share().share())
                        : "%,d images".formatted(images.tests()));
        if (images.read() < images.count()) {
            say(
                    "looked at the pixels of %,d images; those of the others, of which the headers were read, may be damaged still",
                    images.read());
        }
        say("tasks     %s", tasks(classes, SketchedImages.classesPerTask(images)));
    }

    private static String tasks(int classes, int each) {
        if (classes <= 3) {
            return "one, of all classes";
        }
        return classes % each == 0 ? "%d classes each".formatted(each) : "two classes each, three in the last";
    }

    private static String sizes(ImageSketch images) {
        String first = images.sizes().keySet().stream().limit(LISTED).collect(Collectors.joining(", "));
        String all = images.sizes().size() > LISTED
                ? "%s and %,d others".formatted(first, images.sizes().size() - LISTED)
                : first;
        return images.images().size() instanceof ImageSize.Resized size
                ? "%s, which become %dx%d".formatted(all, size.width(), size.height())
                : all;
    }

    private void say(String text, Object... values) {
        terminal.out().println(String.format(Locale.ROOT, text, values));
    }
}
