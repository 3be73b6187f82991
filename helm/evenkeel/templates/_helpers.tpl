{{- define "evenkeel.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" }}
{{- end }}

{{- define "evenkeel.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" }}
{{- else if contains (include "evenkeel.name" .) .Release.Name }}
{{- .Release.Name | trunc 40 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "evenkeel.name" .) | trunc 40 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{/* Takes {root, component}. */}}
{{- define "evenkeel.selectorLabels" -}}
app.kubernetes.io/name: {{ include "evenkeel.name" .root }}
app.kubernetes.io/instance: {{ .root.Release.Name | quote }}
{{- with .component }}
app.kubernetes.io/component: {{ . }}
{{- end }}
{{- end }}

{{/* Takes {root, component}. */}}
{{- define "evenkeel.labels" -}}
{{ include "evenkeel.selectorLabels" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end }}

{{- define "evenkeel.image" -}}
{{- if .Values.image.digest }}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest }}
{{- else }}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) }}
{{- end }}
{{- end }}

{{- define "evenkeel.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "evenkeel.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- define "evenkeel.vipBinding" -}}
{{- default (ternary "address" "wildcard" .Values.worker.hostNetwork) .Values.worker.vipBinding }}
{{- end }}

{{- define "evenkeel.leaveAfter" -}}
{{- default (ternary "10s" "0s" .Values.worker.hostNetwork) .Values.worker.leaveAfter }}
{{- end }}

{{- define "evenkeel.homeType" -}}
{{- $byKind := dict "DaemonSet" "hostPath" "StatefulSet" "pvc" "Deployment" "emptyDir" }}
{{- default (get $byKind .Values.worker.kind) .Values.worker.home.type }}
{{- end }}

{{/* What holds for every pod. Takes {root, component, settings}. */}}
{{- define "evenkeel.pod" -}}
{{- $root := .root -}}
serviceAccountName: {{ include "evenkeel.serviceAccountName" $root }}
automountServiceAccountToken: false
# Variables made from Services would read like settings of ours.
enableServiceLinks: false
{{- with $root.Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
terminationGracePeriodSeconds: {{ .settings.terminationGracePeriodSeconds }}
{{- with .settings.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .settings.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .settings.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* Takes {root, component, settings}. */}}
{{- define "evenkeel.topologySpread" -}}
{{- if .settings.topologySpread.enabled }}
topologySpreadConstraints:
  {{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
  - maxSkew: 1
    topologyKey: {{ . }}
    whenUnsatisfiable: {{ $.settings.topologySpread.whenUnsatisfiable }}
    labelSelector:
      matchLabels:
        {{- include "evenkeel.selectorLabels" $ | nindent 8 }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "evenkeel.podSecurityContext" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "evenkeel.containerSecurityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{/* Takes {root, settings}. */}}
{{- define "evenkeel.container" -}}
{{- $root := .root -}}
image: {{ include "evenkeel.image" $root }}
imagePullPolicy: {{ $root.Values.image.pullPolicy }}
resources:
  {{- toYaml .settings.resources | nindent 2 }}
startupProbe:
  httpGet: {path: /actuator/health/liveness, port: management}
  periodSeconds: 2
  # Five minutes: an upgrade may have much to migrate.
  failureThreshold: 150
livenessProbe:
  httpGet: {path: /actuator/health/liveness, port: management}
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
readinessProbe:
  httpGet: {path: /actuator/health/readiness, port: management}
  periodSeconds: 5
  timeoutSeconds: 3
{{- if and .settings.preStopSeconds (not .settings.hostNetwork) }}
lifecycle:
  preStop:
    sleep:
      seconds: {{ .settings.preStopSeconds }}
{{- end }}
{{- end }}

{{/* Takes {root, settings, home}: what every process is told. */}}
{{- define "evenkeel.env" -}}
{{- $root := .root -}}
{{- $database := $root.Values.database -}}
- name: JDK_JAVA_OPTIONS
  value: {{ .settings.javaOptions | quote }}
- name: EVENKEEL_HOME
  value: /var/lib/evenkeel/home
- name: MANAGEMENT_SERVER_PORT
  value: {{ $root.Values.management.port | quote }}
- name: SPRING_DATASOURCE_URL
  {{- if $database.url }}
  value: {{ $database.url | quote }}
  {{- else }}
  valueFrom:
    secretKeyRef: {name: {{ $database.secretName }}, key: {{ $database.urlKey }}}
  {{- end }}
- name: SPRING_DATASOURCE_USERNAME
  valueFrom:
    secretKeyRef: {name: {{ $database.secretName }}, key: {{ $database.usernameKey }}}
- name: SPRING_DATASOURCE_PASSWORD
  valueFrom:
    secretKeyRef: {name: {{ $database.secretName }}, key: {{ $database.passwordKey }}}
- name: SPRING_DATASOURCE_HIKARI_MAXIMUMPOOLSIZE
  value: {{ $database.maximumPoolSize | quote }}
- name: EVENKEEL_KEK
  valueFrom:
    secretKeyRef: {name: {{ $root.Values.sealing.secretName }}, key: {{ $root.Values.sealing.key }}}
{{- with $root.Values.sealing.otherKey }}
- name: EVENKEEL_OTHERKEK
  valueFrom:
    secretKeyRef: {name: {{ $root.Values.sealing.secretName }}, key: {{ . }}}
{{- end }}
{{- if $root.Values.config }}
- name: SPRING_CONFIG_ADDITIONALLOCATION
  value: file:/etc/evenkeel/
{{- end }}
{{- end }}

{{/* Takes the root: mounts of every process beside its home. */}}
{{- define "evenkeel.volumeMounts" -}}
- name: home
  mountPath: /var/lib/evenkeel
- name: tmp
  mountPath: /tmp
{{- if .Values.config }}
- name: config
  mountPath: /etc/evenkeel
  readOnly: true
{{- end }}
{{- end }}

{{- define "evenkeel.volumes" -}}
# Native libraries are unpacked here.
- name: tmp
  emptyDir:
    sizeLimit: 256Mi
{{- if .Values.config }}
- name: config
  configMap:
    name: {{ include "evenkeel.fullname" . }}
{{- end }}
{{- end }}

{{/* So that pods are replaced when their settings change. */}}
{{- define "evenkeel.podAnnotations" -}}
{{- if .root.Values.config }}
checksum/config: {{ toYaml .root.Values.config | sha256sum }}
{{- end }}
{{- with .settings.podAnnotations }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "evenkeel.requireSense" -}}
{{- if and .Values.worker.zones .Values.worker.zoneFromPodLabel }}
{{- fail "worker.zones and worker.zoneFromPodLabel exclude each other: each says the zone of a worker" }}
{{- end }}
{{- if and .Values.worker.zones .Values.worker.affinity.nodeAffinity }}
{{- fail "worker.zones says on which nodes workers run: leave worker.affinity.nodeAffinity out" }}
{{- end }}
{{- if and .Values.worker.zoneFromPodLabel (semverCompare "<1.35.0-0" .Capabilities.KubeVersion.Version) }}
{{- fail "worker.zoneFromPodLabel needs Kubernetes 1.35 or newer; list worker.zones instead" }}
{{- end }}
{{- if and .Values.worker.enabled (eq (include "evenkeel.homeType" .) "pvc") (ne .Values.worker.kind "StatefulSet") }}
{{- fail "worker.home.type pvc needs worker.kind StatefulSet, of which each pod has a volume of its own" }}
{{- end }}
{{- if and .Values.worker.enabled (eq (include "evenkeel.homeType" .) "hostPath") (ne .Values.worker.kind "DaemonSet") }}
{{- fail "worker.home.type hostPath needs worker.kind DaemonSet: two workers of a node cannot share a home" }}
{{- end }}
{{- if and .Values.worker.service.enabled .Values.worker.hostNetwork }}
{{- fail "worker.service is for workers off the host network; on it clients reach the VIPs on the nodes" }}
{{- end }}
{{- if and .Values.worker.service.enabled (not .Values.worker.service.ports) }}
{{- fail "worker.service.ports must name the ports of listeners" }}
{{- end }}
{{- if and .Values.api.ingress.enabled (not .Values.api.ingress.hosts) }}
{{- fail "api.ingress.hosts must name at least one host" }}
{{- end }}
{{- end }}
