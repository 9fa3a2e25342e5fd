package sluice.framework.experiment;

import sluice.framework.network.Growth;
import sluice.tasks.script.GrowthSettings;

/** What a script's words about growth mean as a value of {@code framework}. */
final class ScriptGrowth {
    private ScriptGrowth() {}

    static Growth of(GrowthSettings settings) {
        if (settings instanceof GrowthSettings.Share share) {
            return new Growth.Share(share.share(), share.threshold());
        }
        return settings instanceof GrowthSettings.Auto ? Growth.AUTO : Growth.NONE;
    }
}
