package sluice.evaluation;

import com.google.common.base.Ascii;

/**
 * The metrics of networks that generate, beside {@link MeasuredMetric#NLL}. All are means over test images; bounds and their
 * parts are in nats.
 */
public enum GeneratorMetric implements Metric {
    /** Negative evidence bound. */
    ELBO(
            "Negative ELBO",
            "negative evidence lower bound of an image's log likelihood, in nats: mean over test images",
            "Kingma & Welling 2014",
            Format.ACCURACY,
            Better.LESS),
    /** Divergence of the latents' posterior from their prior. */
    KL(
            "KL",
            "divergence of the latents' posterior from their prior, in nats: mean over test images",
            Format.ACCURACY,
            Better.NEITHER),
    /** Negative log likelihood given the latents. */
    RECONSTRUCTION(
            "Reconstruction",
            "negative log likelihood of an image given latents drawn from their posterior, in nats: mean over test images",
            Format.ACCURACY,
            Better.LESS),
    /** Latent variables that say something of the image. */
    ACTIVE_LATENTS(
            "Active latents",
            "latent variables whose posterior diverges from the prior by at least 0.01 nats, mean over test images (where there is"
                    + " no prior, from its own mean)",
            "after Burda et al. 2016",
            Format.COUNT,
            Better.NEITHER),
    /** Share of test images of which the class is right. */
    CLASS_ACCURACY(
            "Class accuracy",
            "share of test images whose likeliest class by the encoder is right; where no label is given, the class that most"
                    + " training images of the same latent value have",
            Format.ACCURACY,
            Better.MORE),
    /** NLL on what is held out of training. */
    VALIDATION_NLL(
            "NLL, validation",
            "as NLL, of the training images that are held out to choose settings by, with at most 100 samples",
            Format.ACCURACY,
            Better.LESS),
    /** Negative evidence bound on what is held out of training. */
    VALIDATION_ELBO(
            "Negative ELBO, validation",
            "as the negative ELBO, of the training images that are held out to choose settings by",
            Format.ACCURACY,
            Better.LESS);

    private final Description description;

    GeneratorMetric(String title, String formula, Format format, Better better) {
        this(title, formula, "", format, better);
    }

    GeneratorMetric(String title, String formula, String source, Format format, Better better) {
        this.description = new Description(title, formula, source, format, better);
    }

    /** Such as {@code active_latents}. */
    @Override
    public String key() {
        return Ascii.toLowerCase(name());
    }

    @Override
    public Description description() {
        return description;
    }
}
