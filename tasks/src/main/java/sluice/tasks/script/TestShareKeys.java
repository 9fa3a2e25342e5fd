package sluice.tasks.script;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Range;
import sluice.tasks.TestShare;

/** Reads {@code test_share} and its {@code seed}. */
final class TestShareKeys {
    static final ImmutableList<String> KEYS = ImmutableList.of("test_share", "seed");
    private static final Range<Double> SHARES = Range.closedOpen(0.0, 1.0);

    private TestShareKeys() {}

    /** The share of a section that must have one. */
    static TestShare read(Section data) {
        double share = data.required("test_share", "test_share: 0.2").real(SHARES);
        return new TestShare(share, data.whole("seed", 1));
    }

    /** Refuses both in a section where nothing is set aside by lot. */
    static void refuse(Section data, String reason) {
        KEYS.forEach(key -> data.refuse(key, reason));
    }

    static ImmutableMap<String, Object> settings(TestShare share) {
        return ImmutableMap.of("test_share", share.share(), "seed", share.seed());
    }
}
