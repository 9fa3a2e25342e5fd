package sluice.tasks.source;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.net.URI;
import java.util.Arrays;

/** The data sets of images that Sluice knows by name. */
public final class ImageDataSources {
    /** LeCun, Cortes and Burges: handwritten digits, 60,000 and 10,000 images of 28x28. */
    public static final ImageDataSource MNIST = new ImageDataSource(
            "mnist",
            "handwritten digits, 10 classes, 60000 + 10000 images of 28x28",
            mirrors(
                    "https://ossci-datasets.s3.amazonaws.com/mnist/",
                    "https://storage.googleapis.com/cvdf-datasets/mnist/"),
            sha256(
                    "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
                    "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
                    "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
                    "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"));

    /**
     * Xiao, Rasul and Vollgraf 2017: articles of clothing, made to fit where MNIST fits. Its authors publish MD5 sums of
     * the gzip files only; the sums here are of the contents of files with these MD5 sums.
     */
    public static final ImageDataSource FASHION_MNIST = new ImageDataSource(
            "fashion-mnist",
            "articles of clothing, 10 classes, 60000 + 10000 images of 28x28",
            mirrors(
                    "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
                    "https://storage.googleapis.com/tensorflow/tf-keras-datasets/"),
            sha256(
                    "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
                    "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
                    "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
                    "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"));

    /** The user's own images, with MNIST's file names or such as begin otherwise, any size, number of classes and type of numbers. */
    public static final ImageDataSource IDX = new ImageDataSource(
            "idx",
            "your own images: four IDX files in a data folder, named as those of MNIST, EMNIST, KMNIST or QMNIST",
            ImmutableList.of(),
            ImmutableMap.of());

    private ImageDataSources() {}

    private static ImmutableList<URI> mirrors(String... addresses) {
        return Arrays.stream(addresses).map(URI::create).collect(ImmutableList.toImmutableList());
    }

    private static ImmutableMap<IdxPart, String> sha256(
            String trainImages, String trainLabels, String testImages, String testLabels) {
        return ImmutableMap.of(
                IdxPart.TRAIN_IMAGES, trainImages,
                IdxPart.TRAIN_LABELS, trainLabels,
                IdxPart.TEST_IMAGES, testImages,
                IdxPart.TEST_LABELS, testLabels);
    }
}
