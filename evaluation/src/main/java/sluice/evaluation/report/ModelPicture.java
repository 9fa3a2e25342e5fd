package sluice.evaluation.report;

import com.google.common.base.Ascii;
import sluice.evaluation.run.RunFile;

/** A picture of what a network that generates has learned. */
enum ModelPicture {
    SAMPLES(
            RunFile.SAMPLES,
            "Samples",
            "A grid of images that the network drew, ten in a row",
            "Images that the network drew, as probabilities of their pixels: of a network that knows classes a class per column;"
                    + " of a structured one a row per test image, of which the upper half is given."),
    RECONSTRUCTIONS(
            RunFile.RECONSTRUCTIONS,
            "Reconstructions",
            "Rows of test images, each above a row of what the network makes of them",
            "Test images as they were modelled; below each row what the network makes of their likeliest latents."),
    TRAVERSALS(
            RunFile.TRAVERSALS,
            "What each latent does",
            "A row of images per latent variable, which takes one value after the other",
            "A row per variable, at most twenty, the class first and then by KL: it takes its values from left to right, at most"
                    + " ten, while all others stay; where it has few, several test images stand side by side.");

    private final String file;
    private final String title;
    private final String alternative;
    private final String about;

    ModelPicture(String file, String title, String alternative, String about) {
        this.file = file;
        this.title = title;
        this.alternative = alternative;
        this.about = about;
    }

    /** Its name in a run's folder. */
    String file() {
        return file;
    }

    /** Its name on the page. */
    String key() {
        return Ascii.toLowerCase(name());
    }

    /** Its heading. */
    String title() {
        return title;
    }

    /** What a reader is told who does not see it. */
    String alternative() {
        return alternative;
    }

    /** How to look at it. */
    String about() {
        return about;
    }
}
