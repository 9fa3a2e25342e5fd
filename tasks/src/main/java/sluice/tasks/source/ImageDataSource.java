package sluice.tasks.source;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sluice.tasks.DataSet;
import sluice.tasks.InputException;
import sluice.tasks.Printable;

/**
 * A data set of images in four IDX files with MNIST's names, or names that begin otherwise, as those of EMNIST and QMNIST.
 *
 * <p>Files in a folder that the user named are used whatever they hold, as long as they are whole: a difference from the
 * published content is logged as a warning. Files in the cache must have the published content.
 *
 * @param name what it is called, also the name of its folder
 * @param description what it is, in one line
 * @param mirrors addresses of folders, https, each ending in a slash, that have the files as gzip; empty if it cannot be
 *     downloaded
 * @param sha256 published SHA-256 (hex) of each file's uncompressed content; empty if nothing is published
 */
public record ImageDataSource(
        String name, String description, ImmutableList<URI> mirrors, ImmutableMap<IdxPart, String> sha256)
        implements DataSource {
    private static final Logger LOG = LoggerFactory.getLogger(ImageDataSource.class);

    /** Checks that what can be downloaded can be verified. */
    public ImageDataSource {
        for (URI mirror : mirrors) {
            checkArgument(mirror.getPath().endsWith("/"), "mirror must end in a slash, got %s", mirror);
            checkArgument(isSafe(mirror), "mirror must begin with https:// or be on this machine, got %s", mirror);
        }
        checkArgument(
                mirrors.isEmpty() || sha256.size() == IdxPart.values().length,
                "data set %s has mirrors, so it needs %s checksums, got %s",
                name,
                IdxPart.values().length,
                sha256.size());
    }

    /** Checksums tell what was altered on its way, and who listens learns what is fetched: nothing goes in the open. */
    private static boolean isSafe(URI mirror) {
        return "https".equals(mirror.getScheme()) || "127.0.0.1".equals(mirror.getHost());
    }

    /**
     * {@inheritDoc} Values are as the files have them, of unsigned bytes 0 to 255; checksums are SHA-256 of the uncompressed
     * contents, by the files' names without {@code .gz}.
     */
    @Override
    public DataSet load(DataPlace place) {
        return load(place, IdxFolder.MNIST);
    }

    /**
     * The same of a folder that may hold several sets of files.
     *
     * @param place where its files are
     * @param files what their names begin with, as {@code emnist-letters} and {@code qmnist}; "" for MNIST's names, or the one set
     *     that is there. EMNIST's images are turned upright, and its classes have the names of its mapping file, where that is there
     * @return the data set
     * @throws InputException if a file is missing, damaged or cannot be downloaded, or there are several sets and none is named
     */
    public DataSet load(DataPlace place, String files) {
        if (place instanceof DataPlace.Cache cache) {
            return read(cached(cache), true);
        }
        DataPlace.Given given = (DataPlace.Given) place;
        String otherwise = mirrors.isEmpty() ? "" : ", or do without " + given.origin() + " to have them downloaded";
        return read(IdxFolder.find(name, files, given, otherwise), false);
    }

    private ImmutableMap<IdxPart, IdxName> cached(DataPlace.Cache cache) {
        if (mirrors.isEmpty()) {
            throw new InputException("data set %s is your own: name the folder of its files with --data or %s"
                    .formatted(name, UserEnvironment.DATA_VARIABLE));
        }
        Path folder = cache.folder().resolve(name);
        for (IdxPart part : new IdxFolder(folder).missing()) {
            PublishedFile file = new PublishedFile(part.compressedFileName(), sha256.get(part), part.publishedBytes());
            cache.download().fetch(mirrors, file, folder);
        }
        return new IdxFolder(folder).present();
    }

    private DataSet read(ImmutableMap<IdxPart, IdxName> files, boolean mustBePublished) {
        LabelledImages train = read(files, IdxPart.TRAIN_IMAGES, IdxPart.TRAIN_LABELS);
        LabelledImages test = read(files, IdxPart.TEST_IMAGES, IdxPart.TEST_LABELS);
        if (!train.shape().equals(test.shape())) {
            throw new InputException("%s has images of %d x %d pixels, %s of %d x %d: take both from one data set"
                    .formatted(
                            files.get(IdxPart.TRAIN_IMAGES).path(),
                            train.shape().height(),
                            train.shape().width(),
                            files.get(IdxPart.TEST_IMAGES).path(),
                            test.shape().height(),
                            test.shape().width()));
        }
        ImmutableMap<IdxPart, String> found = ImmutableMap.of(
                IdxPart.TRAIN_IMAGES, train.imagesSha256(),
                IdxPart.TRAIN_LABELS, train.labelsSha256(),
                IdxPart.TEST_IMAGES, test.imagesSha256(),
                IdxPart.TEST_LABELS, test.labelsSha256());
        Map<String, String> checksums = new HashMap<>();
        found.forEach((part, checksum) -> {
            compare(files.get(part).path(), checksum, sha256.getOrDefault(part, checksum), mustBePublished);
            checksums.put(files.get(part).published(), checksum);
        });
        IdxName images = files.get(IdxPart.TRAIN_IMAGES);
        Optional<IdxClassNames> classes = IdxClassNames.of(images);
        classes.ifPresent(names -> checksums.put(names.path().getFileName().toString(), names.sha256()));
        int largest = Math.max(largest(train), largest(test));
        return DataSet.of(name, train.examples(), test.examples(), checksums)
                .withShape(train.shape())
                .told(classes.map(names -> names.upTo(largest)).orElse(ImmutableList.of()), notes(images));
    }

    private static LabelledImages read(ImmutableMap<IdxPart, IdxName> files, IdxPart images, IdxPart labels) {
        return LabelledImages.read(files.get(images).path(), files.get(labels).path());
    }

    private static int largest(LabelledImages images) {
        return IntStream.of(images.examples().distinctLabels()).max().orElseThrow();
    }

    private static ImmutableList<String> notes(IdxName images) {
        return images.isTransposed()
                ? ImmutableList.of("images of %s, which are stored column by column, were turned upright"
                        .formatted(Printable.of(images.set())))
                : ImmutableList.of();
    }

    private void compare(Path file, String found, String published, boolean mustBePublished) {
        if (found.equals(published)) {
            return;
        }
        String difference = "%s is not the published file of %s (SHA-256 of its content %s, published %s)"
                .formatted(file, name, found, published);
        if (mustBePublished) {
            throw new InputException(difference + ": delete it and run again to download it again");
        }
        LOG.warn("{}: used as it is", difference);
    }
}
