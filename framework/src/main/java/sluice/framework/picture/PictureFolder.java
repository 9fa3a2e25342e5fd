package sluice.framework.picture;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import sluice.framework.generator.GeneratedImage;
import sluice.framework.generator.ImageForm;
import sluice.framework.generator.LatentValues;
import sluice.tasks.InputException;

/**
 * A PNG picture of each image in a folder, named by its number, from 1, and its class: {@code 07-class-3.png}. All are made in
 * a folder beside it, which then takes its place.
 *
 * @param place the folder
 */
public record PictureFolder(Path place) implements PictureOutput {
    private static final Pattern OWN = Pattern.compile("\\d+(-class-.*)?\\.png", Pattern.DOTALL);

    /** What file systems take amiss, and what would be an option or hidden. */
    private static final Pattern UNUSUAL = Pattern.compile("[^A-Za-z0-9._-]");

    private static final int LONGEST_CLASS = 60;

    static PictureFolder claim(Path place, boolean overwrite) {
        if (!Files.exists(place)) {
            return new PictureFolder(place);
        }
        List<String> others = Files.isDirectory(place) ? others(place) : List.of();
        if (!others.isEmpty()) {
            throw new InputException("%s holds %s, which no generated picture is called: choose another --out"
                    .formatted(place, others.get(0)));
        }
        if (!overwrite && !isEmpty(place)) {
            throw new InputException("%s is there already: choose another --out, or add --overwrite".formatted(place));
        }
        if (!Files.isDirectory(place)) {
            throw new InputException("%s is a file: choose another --out for a folder".formatted(place));
        }
        return new PictureFolder(place);
    }

    private static boolean isEmpty(Path place) {
        return Files.isDirectory(place) && names(place).isEmpty();
    }

    private static List<String> others(Path place) {
        return names(place).stream()
                .filter(name -> !OWN.matcher(name).matches())
                .toList();
    }

    private static List<String> names(Path place) {
        try (Stream<Path> files = Files.list(place)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException unreadable) {
            throw new InputException(
                    "cannot read folder %s (%s): choose another --out".formatted(place, unreadable.getMessage()),
                    unreadable);
        }
    }

    @Override
    public void check(ImageForm form, int count) {
        Canvas.Frame.of(form.shape());
    }

    @Override
    public void write(ImageForm form, int count, PictureSource source) {
        try {
            Path target = Files.exists(place)
                    ? place.toRealPath()
                    : place.toAbsolutePath().normalize();
            Path workshop = Files.createDirectory(
                    target.resolveSibling(".%s.%016x.part".formatted(target.getFileName(), System.nanoTime())));
            Thread cleaning = new Thread(() -> delete(workshop), "picture-cleaning");
            Runtime.getRuntime().addShutdownHook(cleaning);
            try {
                source.draw(image -> write(workshop, form, count, image));
                replace(target, workshop);
            } finally {
                delete(workshop);
                Runtime.getRuntime().removeShutdownHook(cleaning);
            }
        } catch (IOException | UncheckedIOException failed) {
            throw new InputException(
                    "cannot write %s: %s: choose a place that is writable, with room left"
                            .formatted(place, failed.getMessage()),
                    failed);
        }
    }

    private static void write(Path folder, ImageForm form, int count, GeneratedImage image) {
        Canvas.Frame frame = Canvas.Frame.of(form.shape());
        Canvas canvas = new Canvas(frame, frame.height(), frame.width(), 0);
        canvas.put(image.pixels(), 0, 0);
        try (OutputStream out =
                new BufferedOutputStream(Files.newOutputStream(folder.resolve(name(form, count, image))))) {
            canvas.writeTo(out);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String name(ImageForm form, int count, GeneratedImage image) {
        String number = String.valueOf(image.index() + 1);
        String padded = "0".repeat(String.valueOf(count).length() - number.length()) + number;
        int category = image.latents().category();
        if (category == LatentValues.NO_CLASS) {
            return padded + ".png";
        }
        String called = UNUSUAL.matcher(form.classes().get(category)).replaceAll("_");
        return padded + "-class-" + called.substring(0, Math.min(LONGEST_CLASS, called.length())) + ".png";
    }

    private static void replace(Path target, Path workshop) throws IOException {
        if (Files.isDirectory(target)) {
            for (String name : names(target)) {
                Files.delete(target.resolve(name));
            }
            Files.delete(target);
        }
        Files.move(workshop, target);
    }

    private static void delete(Path workshop) {
        try {
            if (Files.isDirectory(workshop, LinkOption.NOFOLLOW_LINKS)) {
                MoreFiles.deleteRecursively(workshop, RecursiveDeleteOption.ALLOW_INSECURE);
            }
        } catch (IOException stays) {
            // a hidden folder harms nobody, and there may be an error on its way already
        }
    }
}
