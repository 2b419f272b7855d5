package io.dataprism.kernel;

import io.dataprism.kernel.audit.Actor;
import io.dataprism.kernel.audit.AuditEntry;
import io.dataprism.kernel.audit.Decision;
import io.dataprism.kernel.messaging.Messaging;
import io.dataprism.kernel.messaging.Sent;
import io.dataprism.kernel.permission.GrantStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** How many messages each was allowed to send since the last time, as lines of the audit log; where too many did, the rest of them share a line. */
final class AllowedMessages implements Supplier<List<AuditEntry>> {
    private static final int MOST = 500;
    private static final String WHY = "messages that it sent since the last such line, or since the node was started";

    private final Messaging messaging;
    private final GrantStore grants;

    AllowedMessages(Messaging messaging, GrantStore grants) {
        this.messaging = messaging;
        this.grants = grants;
    }

    @Override
    public List<AuditEntry> get() {
        List<Sent> sent = new ArrayList<>(messaging.takeSent());
        sent.sort(Comparator.comparingLong(Sent::count).reversed());
        List<AuditEntry> lines = new ArrayList<>();
        sent.stream().limit(MOST).map(this::line).forEach(lines::add);
        List<Sent> rest = sent.subList(lines.size(), sent.size());
        if (!rest.isEmpty()) {
            long count = rest.stream().mapToLong(Sent::count).sum();
            String why = "messages of " + rest.size()
                    + " more pairs of a sender and a permission, each with fewer than the others of this minute";
            lines.add(new AuditEntry(Actor.KERNEL, "messages", "", Decision.ALLOWED, why, "", count));
        }
        return lines;
    }

    private AuditEntry line(Sent sent) {
        Actor who = Actor.of(sent.who(), grants.version(sent.who()));
        return new AuditEntry(who, sent.permission(), "", Decision.ALLOWED, WHY, "", sent.count());
    }
}
