package sluice.evaluation.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Streams;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import sluice.evaluation.Figures;
import sluice.evaluation.MeasuredMetric;
import sluice.evaluation.Metric;
import sluice.evaluation.Printable;
import sluice.evaluation.StrategyRuns;
import sluice.evaluation.run.BoundPoint;
import sluice.evaluation.run.LatentUse;

/**
 * The report of networks that generate for pull requests and notebooks: figures, and pictures and latents of one run.
 *
 * @param data what it shows
 * @param title of the report
 * @param folder that it is to lie in, which links begin at
 */
record GeneratorMarkdown(GeneratorRuns data, String title, Path folder) {
    private static final int VARIANTS = 100;
    private static final int FAILURES = 20;
    private static final int LATENTS = 20;
    private static final int MOMENTS = 10;

    String text() {
        List<String> lines = new ArrayList<>(List.of("# " + MarkdownReport.name(title), ""));
        GeneratorVerdict verdict = GeneratorVerdict.of(data);
        lines.add("- " + MarkdownReport.escaped(verdict.title()));
        lines.add("- " + MarkdownReport.escaped(verdict.text()));
        data.failed().stream()
                .limit(FAILURES)
                .forEach(run -> lines.add("- failed: " + MarkdownReport.name(run.strategy()) + ", seed " + run.seed()
                        + ": " + MarkdownReport.escaped(Printable.of(run.reason()))));
        MarkdownReport.more(data.failed().size() - FAILURES, "failed").ifPresent(lines::add);
        data.notes().forEach(note -> lines.add("- " + MarkdownReport.escaped(note)));
        lines.add("");
        figures(lines);
        ReportedGenerator shown = data.shown();
        pictures(shown, lines);
        training(shown, lines);
        latents(shown, lines);
        return String.join("\n", lines) + "\n";
    }

    private void figures(List<String> lines) {
        GeneratorHeadline headline = new GeneratorHeadline(data);
        ImmutableList<Metric> metrics = headline.metrics();
        lines.add(MarkdownReport.row("variant", "runs", metrics.stream().map(GeneratorHeadline::title)));
        lines.add(MarkdownReport.row("---", "---:", metrics.stream().map(metric -> "---:")));
        ImmutableList<StrategyRuns> variants = data.variants();
        String best = variants.size() > 1 ? data.ranked().get(0).strategy() : "";
        for (StrategyRuns variant : variants.subList(0, Math.min(VARIANTS, variants.size()))) {
            String name = MarkdownReport.name(variant.strategy());
            lines.add(MarkdownReport.row(
                    variant.strategy().equals(best) ? name + " (best)" : name,
                    Integer.toString(variant.finished().size()),
                    metrics.stream()
                            .map(metric ->
                                    cell(variant, metric, variant.strategy().equals(best)))));
        }
        MarkdownReport.more(variants.size() - VARIANTS, "variants, which comparison.csv has")
                .ifPresent(line -> lines.addAll(List.of("", line)));
        String spread = data.runs().size() > variants.size()
                ? "Means over seeds, ± half the 95 % interval (Student's t). "
                : "";
        lines.add("");
        lines.add(spread
                + metrics.stream()
                        .map(metric -> MarkdownReport.escaped(metric.title() + ": " + headline.definition(metric)))
                        .collect(Collectors.joining("; "))
                + ".");
    }

    private static String cell(StrategyRuns variant, Metric metric, boolean isBest) {
        String text = GeneratorHeadline.text(metric, variant.summary(metric.key()));
        return isBest && metric == MeasuredMetric.NLL ? "**" + text + "**" : text;
    }

    private String label(ReportedGenerator run) {
        return data.runs().size() > 1 ? ": " + MarkdownReport.name(run.strategy()) + ", seed " + run.seed() : "";
    }

    private void pictures(ReportedGenerator run, List<String> lines) {
        for (ModelPicture picture : run.pictures().keySet()) {
            lines.addAll(List.of(
                    "",
                    "### " + picture.title() + label(run),
                    "",
                    link(run.folder().resolve(picture.file()), picture),
                    "",
                    picture.about()));
        }
    }

    /** A picture beside the report; one in an archive can only be named. */
    private String link(Path file, ModelPicture picture) {
        if (!file.getFileSystem().equals(FileSystems.getDefault())) {
            return "The archive holds it as " + MarkdownReport.escaped(Printable.of(file.toString())) + ".";
        }
        Path absolute = file.toAbsolutePath().normalize();
        Path from = folder.toAbsolutePath().normalize();
        String address = Objects.equals(absolute.getRoot(), from.getRoot())
                ? Streams.stream(from.relativize(absolute)).map(Path::toString).collect(Collectors.joining("/"))
                : absolute.toUri().toString();
        return "![" + picture.alternative() + "](<" + address.replaceAll("[<>\\\\]", "\\\\$0") + ">)";
    }

    private void training(ReportedGenerator run, List<String> lines) {
        lines.addAll(List.of("", "### Bound over steps" + label(run), ""));
        lines.add(
                "Negative bound in nats: of training the mean of the batches since the point before, as it was trained;"
                        + " of validation the negative ELBO of images held out.");
        lines.addAll(List.of("", "| step | training | validation |", "| ---: | ---: | ---: |"));
        List<BoundPoint> looked = run.curve().stream()
                .filter(point -> point.validation().isPresent())
                .toList();
        List<BoundPoint> curve = looked.size() > 1 ? looked : run.curve();
        EvenTasks.of(curve.size(), MOMENTS).numbers().forEach(number -> lines.add(line(curve.get(number - 1))));
    }

    private static String line(BoundPoint point) {
        String validation = point.validation().isPresent()
                ? Figures.grouped(point.validation().getAsDouble(), 2)
                : "-";
        return "| " + Figures.grouped((double) point.step(), 0) + " | " + Figures.grouped(point.train(), 2) + " | "
                + validation + " |";
    }

    private void latents(ReportedGenerator run, List<String> lines) {
        long used = run.latents().stream().filter(LatentUse::isUsed).count();
        lines.addAll(List.of("", "### Use of latents" + label(run), ""));
        lines.add("%d of %d variables are active: KL of at least %s nats. %s"
                .formatted(
                        used,
                        run.latents().size(),
                        LatentUse.USED,
                        run.latents().size() > LATENTS
                                ? "The " + LATENTS + " with the largest KL; latents.csv has all."
                                : "The largest KL first."));
        lines.addAll(List.of(
                "",
                "| layer | variable | values | KL (nats) | most used value |",
                "| ---: | ---: | ---: | ---: | ---: |"));
        run.latents().stream()
                .sorted(Comparator.comparingDouble(LatentUse::kl).reversed())
                .limit(LATENTS)
                .forEach(one -> lines.add("| %s | %d | %d | %s | %s |"
                        .formatted(
                                one.layer() == 0 ? "class" : Integer.toString(one.layer()),
                                one.variable(),
                                one.values(),
                                Figures.fourDecimals(one.kl()),
                                String.format(Locale.ROOT, "%.1f %%", 100 * one.mostUsed()))));
        lines.add("");
        lines.add(
                "KL: mean divergence of a variable's posterior from its prior over test images (where there is no prior, from"
                        + " its own mean); most used value: mean probability of the value that is likeliest over all.");
    }
}
