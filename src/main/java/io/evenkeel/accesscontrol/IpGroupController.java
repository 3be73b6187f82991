package io.evenkeel.accesscontrol;

import io.evenkeel.accesscontrol.IpGroupResponse.ListenerRef;
import io.evenkeel.platform.paging.PageInfo;
import io.evenkeel.platform.web.RequestId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v3/{project_id}/elb/ipgroups")
@Tag(name = "IP groups", description = "Lists of addresses that listeners let in or keep out")
class IpGroupController {

    private final IpGroupService service;

    IpGroupController(IpGroupService service) {
        this.service = service;
    }

    record CreateIpGroupEnvelope(@NotNull @Valid IpGroupRequests.CreateIpGroup ipgroup) {}

    record UpdateIpGroupEnvelope(@NotNull @Valid IpGroupRequests.UpdateIpGroup ipgroup) {}

    record UpdateIpListEnvelope(@NotNull @Valid IpGroupRequests.UpdateIpList ipgroup) {}

    record BatchDeleteIpListEnvelope(@NotNull @Valid IpGroupRequests.DeleteIpList ipgroup) {}

    record IpGroupAnswer(IpGroupResponse ipgroup, String requestId) {}

    record IpGroupListAnswer(List<IpGroupResponse> ipgroups, PageInfo pageInfo, String requestId) {}

    record RelatedListenersAnswer(List<ListenerRef> listeners, String requestId) {}

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "CreateIpGroup", summary = "Creates an IP group")
    IpGroupAnswer create(@PathVariable("project_id") String projectId, @Valid @RequestBody CreateIpGroupEnvelope body) {
        return answer(service.create(projectId, body.ipgroup()));
    }

    @GetMapping
    @Operation(operationId = "ListIpGroups", summary = "Lists IP groups")
    IpGroupListAnswer list(
            @PathVariable("project_id") String projectId, @RequestParam MultiValueMap<String, String> query) {
        var page = service.list(projectId, query);
        return new IpGroupListAnswer(page.ipGroups(), page.info(), RequestId.current());
    }

    @GetMapping("/{ipgroup_id}")
    @Operation(operationId = "ShowIpGroup", summary = "Shows an IP group")
    IpGroupAnswer show(@PathVariable("project_id") String projectId, @PathVariable("ipgroup_id") UUID ipgroupId) {
        return answer(service.show(projectId, ipgroupId));
    }

    @PutMapping("/{ipgroup_id}")
    @Operation(
            operationId = "UpdateIpGroup",
            summary = "Changes an IP group; a list that is given replaces the old one")
    IpGroupAnswer update(
            @PathVariable("project_id") String projectId,
            @PathVariable("ipgroup_id") UUID ipgroupId,
            @Valid @RequestBody UpdateIpGroupEnvelope body) {
        return answer(service.update(projectId, ipgroupId, body.ipgroup()));
    }

    @DeleteMapping("/{ipgroup_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "DeleteIpGroup", summary = "Deletes an IP group that no listener uses")
    void delete(@PathVariable("project_id") String projectId, @PathVariable("ipgroup_id") UUID ipgroupId) {
        service.delete(projectId, ipgroupId);
    }

    @PostMapping("/{ipgroup_id}/iplist/create-or-update")
    @Operation(
            operationId = "UpdateIpList",
            summary = "Adds entries to an IP group, and changes the description of those that are there")
    IpGroupAnswer upsert(
            @PathVariable("project_id") String projectId,
            @PathVariable("ipgroup_id") UUID ipgroupId,
            @Valid @RequestBody UpdateIpListEnvelope body) {
        return answer(service.upsert(projectId, ipgroupId, body.ipgroup()));
    }

    @PostMapping("/{ipgroup_id}/iplist/batch-delete")
    @Operation(operationId = "BatchDeleteIpList", summary = "Takes entries from an IP group")
    IpGroupAnswer remove(
            @PathVariable("project_id") String projectId,
            @PathVariable("ipgroup_id") UUID ipgroupId,
            @Valid @RequestBody BatchDeleteIpListEnvelope body) {
        return answer(service.remove(projectId, ipgroupId, body.ipgroup()));
    }

    @GetMapping("/{ipgroup_id}/related-listeners")
    @Operation(operationId = "ShowIpGroupRelatedListeners", summary = "Lists the listeners that use an IP group")
    RelatedListenersAnswer relatedListeners(
            @PathVariable("project_id") String projectId, @PathVariable("ipgroup_id") UUID ipgroupId) {
        return new RelatedListenersAnswer(service.relatedListeners(projectId, ipgroupId), RequestId.current());
    }

    private static IpGroupAnswer answer(IpGroupResponse ipgroup) {
        return new IpGroupAnswer(ipgroup, RequestId.current());
    }
}
