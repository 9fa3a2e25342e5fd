package sluice.evaluation.report;

import com.google.common.base.Utf8;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The page, cut step by step until it is below its size: first details that are many, then, where these do not suffice,
 * matrices, runs and strategies. Memory and time are linear in what is shown.
 */
final class FittedPage {
    /** Above so many, runs are summed up before details of the first ones are given up. */
    private static final int MANY_RUNS = 100;

    private final ReportData data;
    private final String title;
    private final List<PageBudget> ofDetails = new ArrayList<>();
    private PageExtent extent;
    private String html;

    private FittedPage(ReportData data, String title) {
        this.data = data;
        this.title = title;
        this.extent = PageExtent.of(data);
        this.html = made(extent, ofDetails);
    }

    static FittedPage of(ReportData data, String title) {
        FittedPage page = new FittedPage(data, title);
        page.fit();
        return page;
    }

    /** The whole file. */
    String html() {
        return html;
    }

    /** What was cut, a sentence each; none where all is shown. */
    ImmutableList<String> cuts() {
        return notes(extent, ofDetails);
    }

    private void fit() {
        cutDetails(true);
        boolean severalPerStrategy = data.runs().size() > data.strategies().size();
        if (extent.everyRun() && severalPerStrategy && data.runs().size() > MANY_RUNS) {
            make(extent.smaller(data));
        }
        while (make(extent.thinner(data))) {}
        cutDetails(false);
        while (make(extent.smaller(data))) {}
        restore();
    }

    private void cutDetails(boolean sparingFirstSeeds) {
        for (PageBudget cut : PageBudget.values()) {
            if (cut.sparesFirstSeeds() == sparingFirstSeeds && !fits(html)) {
                ReportData before = shown(ofDetails);
                if (!cut.applyTo(before).runs().equals(before.runs())) {
                    ofDetails.add(cut);
                    html = made(extent, ofDetails);
                }
            }
        }
    }

    /** Makes the page of less, where it is still too large and there is less; whether it did. */
    private boolean make(Optional<PageExtent> smaller) {
        if (fits(html) || smaller.isEmpty()) {
            return false;
        }
        extent = smaller.orElseThrow();
        html = made(extent, ofDetails);
        return true;
    }

    /** Details that were given up before what took the room was found come back, the last ones first. */
    private void restore() {
        for (PageBudget cut : ImmutableList.copyOf(ofDetails).reverse()) {
            List<PageBudget> others = new ArrayList<>(ofDetails);
            others.remove(cut);
            String more = made(extent, others);
            if (fits(more)) {
                ofDetails.remove(cut);
                html = more;
            }
        }
    }

    private static boolean fits(String page) {
        // a character has a byte at least: what is far too large is not gone through
        return page.length() < Report.LARGEST_PAGE && Utf8.encodedLength(page) < Report.LARGEST_PAGE;
    }

    private ReportData shown(List<PageBudget> cuts) {
        ReportData shown = data;
        for (PageBudget cut : cuts) {
            shown = cut.applyTo(shown);
        }
        return shown;
    }

    private ImmutableList<String> notes(PageExtent of, List<PageBudget> cuts) {
        return Stream.concat(cuts.stream().map(PageBudget::note), of.notes(data).stream())
                .collect(ImmutableList.toImmutableList());
    }

    private String made(PageExtent of, List<PageBudget> cuts) {
        List<String> notes = new ArrayList<>();
        data.unfinished().ifPresent(notes::add);
        notes.addAll(notes(of, cuts));
        return Page.of(PageData.of(shown(cuts), of, title, notes), title, Page.OF_TASKS);
    }
}
