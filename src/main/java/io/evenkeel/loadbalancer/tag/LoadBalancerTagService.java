package io.evenkeel.loadbalancer.tag;

import io.evenkeel.loadbalancer.LoadBalancers;
import io.evenkeel.loadbalancer.Tag;
import io.evenkeel.loadbalancer.TagChange;
import io.evenkeel.loadbalancer.TagColumn;
import io.evenkeel.loadbalancer.TagColumn.KeyValues;
import io.evenkeel.loadbalancer.TagColumn.Owner;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Errors: NOT_FOUND, INVALID_INPUT, REQUIRED. */
@Service
class LoadBalancerTagService {

    private final LoadBalancers loadBalancers;
    private final TagColumn tags;

    LoadBalancerTagService(LoadBalancers loadBalancers, TagColumn tags) {
        this.loadBalancers = loadBalancers;
        this.tags = tags;
    }

    @Transactional
    void change(String projectId, UUID id, TagChange change) {
        loadBalancers.lock(projectId, id);
        tags.change(Owner.LOAD_BALANCER, projectId, id, change);
    }

    @Transactional(readOnly = true)
    List<Tag> show(String projectId, UUID id) {
        return tags.of(Owner.LOAD_BALANCER, projectId, id);
    }

    @Transactional(readOnly = true)
    List<KeyValues> list(String projectId) {
        return tags.all(Owner.LOAD_BALANCER, projectId);
    }
}
